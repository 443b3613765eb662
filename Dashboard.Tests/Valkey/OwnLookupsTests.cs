using Dashboard.Configuration;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Valkey;

/// <summary>Each step says exactly what it adds to the server's counters of hits and misses, whichever server it is.</summary>
[Trait("Needs", "Server")]
public sealed class OwnLookupsTests
{
    private const string Policy = "allkeys-lru";

    /// <summary>A flush of 100 s ago in database 15: 50 keys that were used since, and 150 that were not.</summary>
    private const string Retained = """
        redis.call('SELECT', 15)
        for i = 1, 50 do redis.call('SET', 'used:'..i, 'x') end
        local content = redis.call('DUMP', 'used:1')
        for i = 1, 150 do redis.call('RESTORE', 'old:'..i, 0, content, 'IDLETIME', 1000) end
        local at = string.format('%.0f', (redis.call('TIME')[1] - 100) * 1000000)
        redis.call('SET', 'dashboard:flush', ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. at)
        """;

    private static readonly Guid Flush = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Steps => [.. Asked.Keys];

    private static Dictionary<string, Func<IServerActor, ServerPrecondition, Task<(KeyLookups Made, bool Done)>>> Asked { get; } = new()
    {
        ["find"] = async (act, at) => Of(await act.FindAsync(at, ["page:1", "page:2", "nothing"], Cancel)),
        ["sample"] = async (act, at) => Of(await act.SampleAsync(at, "*", ScanPage.Start, 100, Cancel)),
        ["count"] = async (act, at) => Of(await act.CountAsync(at, Cancel)),
        ["begin"] = async (act, at) => Of(await act.BeginFlushAsync(at, Policy, 1_000, 14, Flush, long.MaxValue, Cancel)),
        ["swap out, no token"] = async (act, at) =>
            Of(await act.SwapOutAsync(at, Policy, 1_000, 14, Flush, long.MaxValue, Cancel)),
        ["read"] = async (act, at) => Of(await act.ReadFlushAsync(at, 15, Cancel)),
        ["change"] = async (act, at) =>
            Of(await act.ChangeFlushAsync(at, 15, Flush, FlushToken.Restoring, FlushToken.Purging, 0, Cancel)),
        ["change, other flush"] = async (act, at) =>
            Of(await act.ChangeFlushAsync(at, 15, Guid.NewGuid(), FlushToken.Restoring, FlushToken.Purging, 0, Cancel)),
        ["bring back"] = async (act, at) => Of(await act.BringBackAsync(at, 15, Flush, ScanPage.Start, 200, Cancel)),
        ["purge, other state"] = async (act, at) => Of(await act.PurgeAsync(at, 15, Flush, ScanPage.Start, 200, Cancel)),
        ["clear"] = async (act, at) =>
            Of(
                await act.ClearAsync(
                    at with { Database = 15 }, Policy, $"{Flush} restoring", 100, KeyPrefixRules.None, ScanPage.Start, 200, Cancel)),
        ["end"] = async (act, at) => Of(await act.EndFlushAsync(at with { Database = 15 }, Flush, FlushToken.Restoring, Cancel)),
        ["remove"] = async (act, at) =>
            Of(await act.RemoveAsync(at, Policy, "page:*", 100, KeyPrefixRules.None, ScanPage.Start, 200, Cancel)),
        ["reclaim"] = async (act, at) => Of(await act.ReclaimAsync(at, ScanPage.Start, 200, Cancel)),
        ["flush"] = async (act, at) => Of(await act.FlushAsync(at, Policy, 1_000, Cancel)),
    };

    [Theory, MemberData(nameof(Steps))]
    public async Task Step_SaysExactlyWhatTheServerCounted(string step)
    {
        await using var server = await CacheAsync();
        var servers = new ValkeyServers(TimeProvider.System);
        var instance = server.Instance(Instances.Purposes.Purpose.Cache);
        await using var act = servers.Actor(instance, WatchingConnection.Timeout);
        await act.InfoAsync(Cancel);
        await RetainAsync(server, FlushToken.Restoring);
        var before = await CountersAsync(server);

        var (made, done) = await Asked[step](act, await ActingConnection.GuardAsync(server));

        var after = await CountersAsync(server);
        Assert.Equal((after.Hits - before.Hits, after.Misses - before.Misses), (made.Hits, made.Misses));
        Assert.Equal(!step.Contains(',', StringComparison.Ordinal), done);
        Assert.Equal(made, servers.Lookups.Of(instance.Id)?.Lookups ?? default);
    }

    /// <summary>The step that looks at every key: the counts above would agree as well if it looked at none.</summary>
    [Fact]
    public async Task Purge_OfAFlushOf100SecondsAgo_CountsAHitForEachKey()
    {
        await using var server = await CacheAsync();
        await using var act = await ActingConnection.OverAsync(server);
        await RetainAsync(server, FlushToken.Purging);
        var (before, guard) = (await CountersAsync(server), await ActingConnection.GuardAsync(server));
        var (made, cursor, left) = (default(KeyLookups), ScanPage.Start, 0L);
        do
        {
            var page = (await act.PurgeAsync(guard, 15, Flush, cursor, 50, Cancel)).Value!;
            (made, cursor, left) = (made + page.Lookups, page.Value.Cursor, left + page.Value.Left);
        }
        while (cursor != ScanPage.Start);

        var after = await CountersAsync(server);
        Assert.Equal((after.Hits - before.Hits, after.Misses - before.Misses), (made.Hits, made.Misses));
        Assert.True(made.Hits >= 200, $"{made}");
        Assert.True(left >= 50);
    }

    [Fact]
    public async Task PolledServer_ShowsTheApplicationsLookupsOnly()
    {
        await using var server = await CacheAsync();
        var (servers, instance) = (new ValkeyServers(TimeProvider.System), server.Instance(Instances.Purposes.Purpose.Cache));
        var settings = new MonitoringSettings([instance], TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2), "production");
        var fleet = new Fleet(settings, NullLogger<Fleet>.Instance);
        await using var act = servers.Actor(instance, WatchingConnection.Timeout);
        await act.InfoAsync(Cancel);
        await server.CallAsync("GET", "page:1");
        await server.CallAsync("GET", "nothing");

        await act.FindAsync(await ActingConnection.GuardAsync(server), ["page:1", "page:2", "none", "neither", "nor"], Cancel);
        using var polling = new PollingService(
            settings, servers, fleet, new PollRequests(settings, TimeProvider.System), TimeProvider.System, NullLogger<Poller>.Instance);
        await polling.StartAsync(Cancel);
        var seen = await Eventually.Async(
            () => Task.FromResult(fleet.States[0].Facts?.Snapshot), snapshot => snapshot?.Info.Count("keyspace_misses") == 4);
        await polling.StopAsync(Cancel);

        Assert.Equal((3, 1, 1), (seen!.Info.Count("keyspace_hits"), seen.Stats.Hits, seen.Stats.Misses));
    }

    private static async Task<TestServer> CacheAsync()
    {
        var server = await TestServer.StartAsync("maxmemory 60mb", $"maxmemory-policy {Policy}");
        await server.CallAsync("EVAL", "for i = 1, 50 do redis.call('SET', 'page:'..i, 'x') end", "0");
        return server;
    }

    private static async Task RetainAsync(TestServer server, string state) =>
        await server.CallAsync("EVAL", Retained, "0", $"{Flush}", state);

    private static async Task<(long Hits, long Misses)> CountersAsync(TestServer server)
    {
        var stats = InfoReply.Parse((string)(await server.CallAsync("INFO", "stats"))!);
        return (stats.Count("keyspace_hits")!.Value, stats.Count("keyspace_misses")!.Value);
    }

    private static (KeyLookups Made, bool Done) Of<T>(Reply<PreconditionResult<T>> reply)
    {
        Assert.Null(reply.Fault);
        return (reply.Value!.Lookups, reply.Value.Failed is null);
    }
}
