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

    /// <summary>A few keys among many are in no sample, so the server looks at each name where it removes it.</summary>
    [Fact]
    public async Task ForeignKeysThatNoSampleShows_AreLeftAndCounted()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 900, "shop:page");
        await using var flush = await OpenFlush.OverAsync(server);
        var plan = await flush.PlanAsync(Action, "shop:");
        await server.CallAsync(
            "EVAL", "for i = 10, 29 do redis.call('SET', 'shop:token:Ab3dEf6hIj9kLm2nOp5qRs'..i, 'x') end "
                + "redis.call('SADD', 'shop:user_tokens:42', 'x') redis.call('SADD', 'shop:queues', 'default')", "0");

        var removed = await flush.ConfirmAsync(plan);

        Assert.Equal((AuditResult.Done, 900, 22), (removed.Result, removed.Counts["removed"], await KeysAsync(server)));
        // A table that shrinks may show a key twice.
        Assert.InRange(removed.Counts["left"], 22, 44);
        Assert.Equal(
            $"900 keys that begin with “shop:” are gone. About {removed.Counts["left"]} more look like access tokens, sessions or keys "
                + "of Sidekiq, and were left.",
            removed.Sentence);
    }

    [Theory]
    [InlineData("tok", "token:Ab3dEf6hIj9kLm2nOp5qRs00")]
    [InlineData("que", "queue:default")]
    public async Task PrefixThatIsTheBeginningOfForeignKeys_IsRefused(string prefix, string key)
    {
        await using var server = await CacheAsync("enable-debug-command yes");
        await server.CallAsync("DEBUG", "POPULATE", 100_000, "views/page", 8);
        await server.CallAsync("SET", key, "x");
        await using var flush = await OpenFlush.OverAsync(server);

        Assert.StartsWith(
            "Access tokens, revoked tokens, sessions or Sidekiq's keys begin like this", await flush.RefusedAsync(Action, prefix),
            StringComparison.Ordinal);
    }

    private static Task<StackExchange.Redis.RedisResult> FillAsync(TestServer server, int count, string name) =>
        server.CallAsync("EVAL", $"for i = 1, {count} do redis.call('SET', '{name}:'..i, 'x') end", "0");

    private static async Task<long> KeysAsync(TestServer server) => (long)await server.CallAsync("DBSIZE");
}
