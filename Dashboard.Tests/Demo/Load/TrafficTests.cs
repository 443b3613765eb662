using System.Globalization;
using Dashboard.Servers;

namespace Dashboard.Demo.Load;

/// <summary>The application that the demo plays, on real servers.</summary>
[Trait("Needs", "Server")]
public sealed class TrafficTests
{
    private const int Megabyte = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CacheTraffic_SmallCache_HitsMissesEvictsAndExpires()
    {
        await using var server = await TestServer.StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        using var traffic = new CacheTraffic(TargetOf(server, 6 * Megabyte), TimeProvider.System);
        await traffic.StartAsync(Cancel);

        await CountAsync(server, "evicted_keys", atLeast: 50);
        await CountAsync(server, "keyspace_misses", atLeast: 500);
        await CountAsync(server, "keyspace_hits", atLeast: 1_000);
        var counters = (string[])(await server.CallAsync("KEYS", "rack::attack:*:req/ip:*"))!;
        await traffic.StopAsync(Cancel);

        Assert.NotEmpty(counters);
        Assert.InRange((long)await server.CallAsync("TTL", counters[0]), 0, 61);
    }

    [Fact]
    public async Task TokenTraffic_Running_SignsInReadsAndLeavesAFewWithoutTtl()
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = new TokenTraffic(TargetOf(server, 16 * Megabyte), TimeProvider.System);
        await traffic.StartAsync(Cancel);

        await CountAsync(server, "keyspace_hits", atLeast: 100);
        // db0:keys=6012,expires=6000,avg_ttl=…
        var keyspace = (await server.InfoAsync("db0"))!.Split(',').Select(part => long.Parse(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)).ToArray();
        await traffic.StopAsync(Cancel);

        Assert.InRange(keyspace[0], 6_000, 6_500);
        Assert.InRange(keyspace[0] - keyspace[1], 1, 40);
    }

    [Fact]
    public async Task TokenTraffic_ServerLostItsTokens_VisitorsSignInAgain()
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = new TokenTraffic(TargetOf(server, 16 * Megabyte), TimeProvider.System);
        await traffic.StartAsync(Cancel);
        await CountAsync(server, "keyspace_hits", atLeast: 100);

        await server.CallAsync("FLUSHALL");

        await Eventually.Async(async () => (long)await server.CallAsync("DBSIZE"), keys => keys > 100);
        await traffic.StopAsync(Cancel);
    }

    [Fact]
    public async Task CableTraffic_Running_LooksLikeFourRailsProcesses()
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = new CableTraffic(TargetOf(server, 16 * Megabyte), TimeProvider.System);
        await traffic.StartAsync(Cancel);

        await Eventually.Async(async () => ((string[])(await server.CallAsync("PUBSUB", "CHANNELS", "action_cable/*"))!).Length, channels => channels >= 5);
        var listening = (long)((StackExchange.Redis.RedisResult[])(await server.CallAsync("PUBSUB", "NUMSUB", "_action_cable_internal"))!)[1];
        var clients = (string)(await server.CallAsync("CLIENT", "LIST"))!;
        var notifications = (string[])(await server.CallAsync("PUBSUB", "CHANNELS", "notifications:*"))!;
        await traffic.StopAsync(Cancel);

        Assert.Equal(4, listening);
        Assert.Equal(4, clients.Split('\n').Count(line => line.Contains("name=ActionCable-PID-", StringComparison.Ordinal) && line.Contains("flags=P", StringComparison.Ordinal)));
        Assert.NotEmpty(notifications);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("session")]
    [InlineData("cable")]
    public async Task Traffic_ServerHangsDiesAndComesBack_GoesOn(string id)
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = TrafficOf(id, TargetOf(server, 8 * Megabyte));
        await traffic.StartAsync(Cancel);
        await CountAsync(server, "total_commands_processed", atLeast: 50);

        server.Stop();
        await Eventually.Async(() => Task.FromResult(traffic.Failures), failures => failures >= 1);
        await server.RestartAsync();

        await CountAsync(server, "total_commands_processed", atLeast: 50);
        Assert.Equal(TaskStatus.WaitingForActivation, traffic.ExecuteTask!.Status);
        await traffic.StopAsync(Cancel);
    }

    [Fact]
    public void Identity_OfAUser_IsTheGlobalIdInBase64Url() =>
        // gid://my-app/User/7
        Assert.Equal("action_cable/Z2lkOi8vbXktYXBwL1VzZXIvNw", ActionCableProcess.Identity(7).ToString());

    private static Target TargetOf(TestServer server, long maxMemory) => new(server.Port, server.Password, maxMemory);

    private static Traffic TrafficOf(string id, Target target) => id switch
    {
        "cache" => new CacheTraffic(target, TimeProvider.System),
        "session" => new TokenTraffic(target, TimeProvider.System),
        _ => new CableTraffic(target, TimeProvider.System),
    };

    private static Task<long> CountAsync(TestServer server, string field, long atLeast) =>
        Eventually.Async(async () => long.Parse((await server.InfoAsync(field))!, CultureInfo.InvariantCulture), count => count >= atLeast);
}
