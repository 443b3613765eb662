using Dashboard.Benchmarks.History;
using Dashboard.Components.Charts.Harness;
using Dashboard.Consoles;
using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>A window of each tier of history, over a full store; <c>ChartScaleTests</c> cover how each window is divided.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class WindowJourneyTests(Chromium chromium)
{
    private static readonly (string Window, string Resolution)[] Windows =
    [
        ("5m", "one point each 1 s"),
        ("6h", "one point each 40 s with least and greatest, from readings each 10 s"),
        ("24h", "one point each 3 min with least and greatest, from readings each 1 min"),
        ("90d", "one point each 225 min with least and greatest, from readings each 15 min"),
    ];

    [Fact]
    public async Task EachWindow_IsDrawnInPointsThatAScreenCanShow_AndNamesItsResolution()
    {
        await using var cache = await TestServer.StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        await using var console = ConsoleProcess.NotStarted([$"Dashboard:Instances:cache:Url=redis://{cache.Endpoint}"]);
        var file = new SqliteFile(console.HistoryFile);
        new StoreFiller(file, TimeProvider.System.GetUtcNow()).Fill([InstanceId.Of("cache")]);
        file.CloseReaders();
        await console.StartAsync();
        await using var board = await BoardPage.OpenAsync(chromium, console.Url);

        foreach (var (window, resolution) in Windows)
        {
            await board.GoAsync($"/instances/cache?window={window}");
            await Assertions.Expect(board.Page.Locator(".history-note")).ToContainTextAsync(resolution);
            await Assertions.Expect(board.Chart("Operations").Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);

            var points = await board.Page.Locator(ChartMarkup.Line).EvaluateAllAsync<int[]>("lines => lines.map(line => "
                + "(line.getAttribute('d') ?? '').split(/[ML]/).length - 1)");

            Assert.All(points, count => Assert.True(count <= 600, $"{window}: {count} points"));
            Assert.True(points.Max() > 200, $"{window}: {points.Max()} points at most");
        }
    }
}
