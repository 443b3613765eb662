using Dashboard.Audit.Events;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush;

/// <summary>
/// The process is the same, and its keys are another server's: it was made a replica, synchronized, and made a primary again.
/// </summary>
[Trait("Needs", "Server")]
public sealed class OtherKeysTests
{
    private const string Quick = "repl-diskless-sync-delay 0";

    [Theory]
    [InlineData("cache.flush", "")]
    [InlineData("cache.flush-prefix", "page:")]
    [InlineData("keys.reclaim", "")]
    public async Task KeysOfAnotherServer_AreLeftAlone(string action, string scope)
    {
        await using var cache = await FarCache.StartAsync(Quick);
        await using var other = await TestServer.StartAsync("maxmemory 100mb", "maxmemory-policy allkeys-lru", Quick);
        await other.CallAsync("EVAL", "for i = 1, 200 do redis.call('SET', 'page:'..i, 'precious', 'EX', 5000) end", "0");
        await cache.Server.CallAsync("EXPIRE", "page:1", 5_000);
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync(action, scope);
        await cache.Server.CallAsync("REPLICAOF", TestServer.Host, other.Port);
        await Eventually.Async(() => cache.Server.InfoAsync("master_link_status"), status => status == "up");
        await cache.Server.CallAsync("REPLICAOF", "NO", "ONE");

        var run = await flush.ConfirmAsync(plan);

        Assert.Equal((AuditResult.Failed, (200, 0)), (run.Result, await cache.KeysAsync()));
        Assert.StartsWith("It may have other keys than the ones you saw: ", run.Sentence, StringComparison.Ordinal);
    }

    /// <summary>The first replica changes the replication id, and the keys stay what they were.</summary>
    [Fact]
    public async Task FirstReplica_CostsOnePreview_AndNoUndo()
    {
        await using var cache = await FarCache.StartAsync(Quick);
        await using var flush = await cache.ConsoleAsync();
        var early = await flush.PlanAsync();
        await using var first = await ReplicaOfAsync(cache.Server);
        var refused = await flush.ConfirmAsync(early);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await cache.Server.CallAsync("CONFIG", "SET", "repl-backlog-ttl", 1);
        var before = await cache.Server.InfoAsync("master_replid");
        await first.CallAsync("REPLICAOF", "NO", "ONE");
        await Eventually.Async(() => cache.Server.InfoAsync("master_replid"), id => id != before);
        var undone = await flush.UndoAsync();

        Assert.StartsWith("It may have other keys than the ones you saw: ", refused.Sentence, StringComparison.Ordinal);
        Assert.Equal((AuditResult.Done, (FarCache.Keys, 0)), (undone.Result, await cache.KeysAsync()));
    }

    private static async Task<TestServer> ReplicaOfAsync(TestServer primary)
    {
        var replica = await TestServer.StartAsync($"replicaof {TestServer.Host} {primary.Port}");
        await Eventually.Async(() => replica.InfoAsync("master_link_status"), status => status == "up");
        return replica;
    }
}
