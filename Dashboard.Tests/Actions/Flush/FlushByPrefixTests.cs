using Dashboard.Audit.Events;
using Dashboard.Scenarios.Flush;
using Dashboard.Servers;

namespace Dashboard.Actions.Flush;

/// <summary>On real servers: which keys a flush by prefix takes, and when it takes none.</summary>
[Trait("Needs", "Server")]
public sealed class FlushByPrefixTests
{
    private const string Action = "cache.flush-prefix";

    private static Task<TestServer> CacheAsync(params string[] lines) =>
        TestServer.StartAsync(["maxmemory 100mb", "maxmemory-policy allkeys-lru", .. lines]);

    /// <summary>The policy shows what a server is for; its process stays the same.</summary>
    [Fact]
    public async Task ServerThatIsNoCacheAnyMore_KeepsItsKeys()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 250, "page");
        await using var flush = await OpenFlush.OverAsync(server);
        var plan = await flush.PlanAsync(Action, "page:");
        await server.CallAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");

        var removed = await flush.ConfirmAsync(plan);

        Assert.Equal((AuditResult.Failed, 0, 250), (removed.Result, removed.Counts["removed"], await KeysAsync(server)));
        Assert.StartsWith(
            "Its eviction policy is noeviction now, which is another purpose's. Nothing was done to it.", removed.Sentence,
            StringComparison.Ordinal);
    }

    private static Task<StackExchange.Redis.RedisResult> FillAsync(TestServer server, int count, string name) =>
        server.CallAsync("EVAL", $"for i = 1, {count} do redis.call('SET', '{name}:'..i, 'x') end", "0");

    private static async Task<long> KeysAsync(TestServer server) => (long)await server.CallAsync("DBSIZE");
}
