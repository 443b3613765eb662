using System.Globalization;
using Dashboard.Components.Charts.Harness;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Store;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>What the charts show is what the servers did, whoever looks, and is still there after the console's end.</summary>
[Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class KeptJourneyTests(WatchedTrio watched) : IClassFixture<WatchedTrio>
{
    private TestServer Cache => watched.Servers.Cache;

    [Fact]
    public async Task EvictionsAndHitRate_AreTheServersOwn()
    {
        await using var board = await watched.OpenAsync("/?window=5m");
        await board.AllAreWellAsync();
        var removals = board.Chart("Evictions and expirations");
        await Assertions.Expect(removals.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        var before = await LineAsync(removals);

        var (hits, misses, evicted) = await LoadAsync();

        await Assertions.Expect(removals).Not.ToContainTextAsync("evicted0/s");
        await Eventually.Async(() => LineAsync(removals), line => line != before);
        Assert.True(evicted > 0, "the load was meant to evict");
        var expected = (100.0 * hits / (hits + misses)).ToString("0.0", CultureInfo.InvariantCulture);
        await board.CardSaysAsync("cache", "hit rate · 5 m", expected + "%", "full, which is normal here");
    }

    [Fact]
    public async Task EachPoll_MovesTheChart()
    {
        await using var board = await watched.OpenAsync("/instances/cable?window=5m");
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
            () => Task.FromResult(StoredRows.Of(file, "1s", InstanceId.Of("cable"))), rows => rows.Exists(row => row.Has(Metrics.ReadingMarks.Restart)));
        Assert.All(rows.Where(row => row.Counters[commands].Seconds > 0), row => Assert.InRange(row.Counters[commands].Delta / row.Counters[commands].Seconds, 0, 5_000));
        file.CloseReaders();
    }

    [Theory]
    [InlineData(true, 5_000)]
    [InlineData(false, 1_500)]
    public async Task History_SurvivesTheConsolesEnd(bool killed, int mayLoseMilliseconds)
    {
        var file = new SqliteFile(watched.Console.HistoryFile);
        await using var board = await watched.OpenAsync("/instances/session?window=5m");
        await Eventually.Async(() => Task.FromResult(Rows(file).Count), count => count >= 6);
        board.Faults.Expected = true;

        var ended = TimeProvider.System.GetUtcNow();
        await (killed ? watched.Console.KillAsync() : watched.Console.TerminateAsync());
        var kept = Rows(file);
        var drawn = kept.Count(row => row.Counters[Metrics.MetricCatalog.Counter("commands")].Seconds > 0);
        await watched.Console.StartAsync();

        Assert.True((ended - kept[^1].At).TotalMilliseconds < mayLoseMilliseconds, $"{(ended - kept[^1].At).TotalMilliseconds:0} ms were lost");
        await using var after = await watched.OpenAsync("/instances/session?window=5m");
        await Eventually.Async(() => PointsAsync(after.Chart("Operations")), points => points >= Math.Min(drawn, 290));
        var again = await Eventually.Async(() => Task.FromResult(Rows(file)), rows => rows.Count > kept.Count + 2);
        Assert.Equal(kept.Select(row => row.At), again.Take(kept.Count).Select(row => row.At));
        file.CloseReaders();
    }

    [Fact]
    public async Task MoreViewers_CostNoMorePolls()
    {
        var alone = await PollsDuringAsync(TimeSpan.FromSeconds(4));
        await using var first = await watched.OpenAsync();
        await using var second = await watched.OpenAsync("/instances/cache");
        await using var third = await watched.OpenAsync("/instances/cache?window=1h");
        await first.AllAreWellAsync();

        var watchedByThree = await PollsDuringAsync(TimeSpan.FromSeconds(4));

        Assert.InRange(alone, 3, 6);
        Assert.InRange(watchedByThree, 3, 6);
    }

    /// <summary>INFO calls the server counted, ours taken off.</summary>
    private async Task<int> PollsDuringAsync(TimeSpan length)
    {
        var before = await InfoCallsAsync();
        await Task.Delay(length, TimeProvider.System, TestContext.Current.CancellationToken);
        return await InfoCallsAsync() - before - 1;
    }

    private async Task<int> InfoCallsAsync()
    {
        var calls = (await Cache.InfoAsync("cmdstat_info"))!;
        return int.Parse(calls.Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture);
    }

    private static List<Metrics.Reading> Rows(SqliteFile file) => StoredRows.Of(file, "1s", InstanceId.Of("session"));

    /// <summary>Three keys for each that fits, and as many lookups that hit as miss now and then; what the server itself counted.</summary>
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

    /// <summary>Of all stretches between gaps.</summary>
    private static Task<int> PointsAsync(ILocator chart) =>
        chart.Locator(ChartMarkup.Line).EvaluateAllAsync<int>("lines => lines.reduce((sum, line) => sum + line.getAttribute('d').split(/[ML]/).length - 1, 0)");

    private static async Task<string> LineAsync(ILocator chart) => await chart.Locator(ChartMarkup.Line).First.GetAttributeAsync("d") ?? "";
}
