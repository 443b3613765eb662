using System.Globalization;
using Dashboard.Components.Charts.Harness;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The charts show what the servers did, to every viewer, and still do after the console has ended.</summary>
/// <remarks>It has servers of its own, so that no other test affects the hit rate of the last five minutes.</remarks>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class KeptJourneyTests(WatchedTrio watched, Chromium chromium) : IClassFixture<WatchedTrio>
{
    private TestServer Cache => watched.Servers.Cache;

    [Fact]
    public async Task EvictionsAndHitRate_MatchTheServer()
    {
        await using var board = await watched.OpenAsync("/?window=5m");
        await board.AllAreWellAsync();
        var removals = board.Chart("Evictions and expirations");
        await Assertions.Expect(removals.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        var before = await LineAsync(removals);

        // A rate is shown for a second: the load continues until it was seen.
        var seen = Assertions.Expect(removals).Not.ToContainTextAsync("evicted0/s");
        var (hits, misses, evicted) = await LoadAsync();
        while (!seen.IsCompleted)
        {
            (hits, misses, evicted) = await LoadAsync();
        }

        await seen;
        await Eventually.Async(() => LineAsync(removals), line => line != before);
        Assert.True(evicted > 0, "the load was meant to evict");
        var expected = (100.0 * hits / (hits + misses)).ToString("0.0", CultureInfo.InvariantCulture);
        await board.CardSaysAsync("cache", "hit rate · 5 m", expected + "%", "full, which is normal here");
    }

    /// <summary>Runs in the full browser; the other tests of pages use the headless one.</summary>
    [Fact]
    public async Task EachPoll_MovesTheChart()
    {
        await using var board = await BoardPage.OpenAsync(chromium, watched.Console.Url, "/instances/cable?window=5m", whole: true);
        var operations = board.Chart("Operations");
        await Assertions.Expect(operations.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);

        var asOf = new HashSet<string>();
        for (var poll = 0; poll < 3; poll++)
        {
            var (line, seen) = (await LineAsync(operations), board.AsOf);
            asOf.Add(await seen.InnerTextAsync());
            await Eventually.Async(() => LineAsync(operations), now => now != line);
        }

        Assert.True(asOf.Count > 1, $"The facts stood still: {string.Join(", ", asOf)}");
    }

    [Fact]
    public async Task ResetAndRestart_AreMarked_AndMakeNoGiantRate()
    {
        await using var board = await watched.OpenAsync("/instances/cable?window=5m");
        var operations = board.Chart("Operations");

        await watched.Servers.Cable.CallAsync("CONFIG", "RESETSTAT");
        await Assertions.Expect(operations.Locator(".plot")).ToContainTextAsync("counters reset");
        var marks = await operations.Locator(".mark").CountAsync();
        await watched.Servers.Cable.RestartAsync(wipe: true);
        await Eventually.Async(() => operations.Locator(".mark").CountAsync(), count => count > marks);

        var file = new SqliteFile(watched.Console.HistoryFile);
        var commands = Metrics.MetricCatalog.Counter("commands");
        var rows = await Eventually.Async(
            () => Task.FromResult(StoredRows.Of(file, "1s", InstanceId.Of("cable"))),
            rows => rows.Exists(row => row.Has(Metrics.ReadingFlags.Restart)));
        Assert.All(
            rows.Where(row => row.Counters[commands].Seconds > 0),
            row => Assert.InRange(row.Counters[commands].Delta / row.Counters[commands].Seconds, 0, 5_000));
        file.CloseReaders();
    }

    /// <summary>A killed console keeps what it had written; one that ends in order also writes what it had shown.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_SurvivesTheConsolesEnd(bool killed)
    {
        var file = new SqliteFile(watched.Console.HistoryFile);
        await using var board = await watched.OpenAsync("/instances/session?window=5m");
        var written = await Eventually.Async(() => Task.FromResult(Rows(file)), rows => rows.Count >= 6);
        var shown = (await board.AsOf.InnerTextAsync()).Split(' ')[2];
        board.Faults.Expected = true;

        await (killed ? watched.Console.KillAsync() : watched.Console.TerminateAsync());
        var kept = Rows(file);
        var drawn = kept.Count(row => row.Counters[Metrics.MetricCatalog.Counter("commands")].Seconds > 0);
        await watched.Console.StartAsync();

        Assert.Equal(written.Select(row => row.At), kept.Take(written.Count).Select(row => row.At));
        Assert.True(
            killed || kept.Exists(row => row.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture) == shown),
            $"{shown} was shown and is not kept");
        await using var after = await watched.OpenAsync("/instances/session?window=5m");
        await Eventually.Async(() => PointsAsync(after.Chart("Operations")), points => points >= Math.Min(drawn, 100));
        var again = await Eventually.Async(() => Task.FromResult(Rows(file)), rows => rows.Count > kept.Count + 2);
        Assert.Equal(kept.Select(row => row.At), again.Take(kept.Count).Select(row => row.At));
        file.CloseReaders();
    }

    /// <summary>The server is polled as often as history has readings of it, not once more for each page.</summary>
    [Fact]
    public async Task MoreViewers_CostNoMorePolls()
    {
        await using var first = await watched.OpenAsync();
        await using var second = await watched.OpenAsync("/instances/cache");
        await using var third = await watched.OpenAsync("/instances/cache?window=1h");
        await first.AllAreWellAsync();
        var (from, calls) = (TimeProvider.System.GetUtcNow(), await InfoCallsAsync());

        for (var poll = 0; poll < 3; poll++)
        {
            await second.NextPollAsync();
        }

        var (to, more) = (TimeProvider.System.GetUtcNow(), await InfoCallsAsync());
        var file = new SqliteFile(watched.Console.HistoryFile);
        var rows = await Eventually.Async(() => Task.FromResult(StoredRows.Of(file, "1s")), rows => rows[^1].At >= to);
        var polls = rows.Count(row => row.At >= from && row.At <= to);
        Assert.InRange(more - calls - 1, polls - 1, polls + 1);
        file.CloseReaders();
    }

    /// <summary>The INFO calls that the server counted, including the test's own.</summary>
    private async Task<int> InfoCallsAsync()
    {
        var calls = (await Cache.InfoAsync("cmdstat_info"))!;
        return int.Parse(calls.Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture);
    }

    private static List<Metrics.Reading> Rows(SqliteFile file) => StoredRows.Of(file, "1s", InstanceId.Of("session"));

    /// <summary>
    /// Writes three times as many keys as fit, and looks keys up with hits and misses. Returns what the server itself counted.
    /// </summary>
    private async Task<(long Hits, long Misses, long Evicted)> LoadAsync()
    {
        var value = new string('x', 10_000);
        for (var key = 0; key < 1_500; key++)
        {
            await Cache.CallAsync("SET", $"page:{key}", value);
            await Cache.CallAsync("GET", key % 4 == 0 ? $"absent:{key}" : $"page:{key}");
        }

        return (await NumberAsync("keyspace_hits"), await NumberAsync("keyspace_misses"), await NumberAsync("evicted_keys"));
    }

    private async Task<long> NumberAsync(string field) => long.Parse((await Cache.InfoAsync(field))!, CultureInfo.InvariantCulture);

    /// <summary>The number of points in all stretches between gaps.</summary>
    private static Task<int> PointsAsync(ILocator chart) =>
        chart.Locator(ChartMarkup.Line)
            .EvaluateAllAsync<int>("lines => lines.reduce((sum, line) => sum + line.getAttribute('d').split(/[ML]/).length - 1, 0)");

    private static async Task<string> LineAsync(ILocator chart) => await chart.Locator(ChartMarkup.Line).First.GetAttributeAsync("d") ?? "";
}
