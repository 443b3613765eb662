using System.Globalization;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;

namespace Dashboard.Demo.Load;

/// <summary>The application that the demo simulates, on real servers.</summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class TrafficTests
{
    private const int Megabyte = 1 << 20;

    private readonly WorkTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What <c>./demo</c> promises of its small sizes. The first pages are all missed, while the cache is filled.</summary>
    [Fact]
    public async Task CacheTraffic_InTheDemosCache_EvictsAndHitsMoreThanItMissesWithinAMinute()
    {
        var plan = DemoServerPlan.Trio(fullSize: false).Single(plan => plan.Purpose == Purpose.Cache);
        await using var server = await TestServer.StartAsync(
            $"maxmemory {plan.MaxMemory}", $"maxmemory-policy {plan.Purpose.Profile.Contract.EvictionPolicy}");
        using var traffic = new CacheTraffic(TargetOf(server, plan.MaxMemory), _time);
        await traffic.StartAsync(Cancel);
        Assert.Equal(0, await CountAsync(server, "evicted_keys"));

        await _time.PassUntilAsync(
            async () => (
                Evicted: await CountAsync(server, "evicted_keys"),
                MoreHits: await CountAsync(server, "keyspace_hits") - await CountAsync(server, "keyspace_misses")),
            cache => cache is { Evicted: > 0, MoreHits: > 0 });
        await traffic.StopAsync(Cancel);

        Assert.InRange(_time.Passed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(0, traffic.Failures);
    }

    [Fact]
    public async Task CacheTraffic_SmallCache_HitsMissesEvictsAndExpires()
    {
        await using var server = await TestServer.StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        using var traffic = new CacheTraffic(TargetOf(server, 6 * Megabyte), _time);
        await traffic.StartAsync(Cancel);

        await PassUntilAsync(server, "evicted_keys", atLeast: 50);
        await PassUntilAsync(server, "keyspace_misses", atLeast: 500);
        await PassUntilAsync(server, "keyspace_hits", atLeast: 1_000);
        var counters = (string[])(await server.CallAsync("KEYS", "rack::attack:*:req/ip:*"))!;
        await traffic.StopAsync(Cancel);

        Assert.NotEmpty(counters);
        Assert.InRange((long)await server.CallAsync("TTL", counters[0]), 0, 61);
    }

    [Fact]
    public async Task TokenTraffic_Running_SignsInReadsAndLeavesAFewWithoutTtl()
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = new TokenTraffic(TargetOf(server, 16 * Megabyte), _time);
        await traffic.StartAsync(Cancel);

        await PassUntilAsync(server, "keyspace_hits", atLeast: 100);
        // db0:keys=6012,expires=6000,avg_ttl=…
        var keyspace = (await server.InfoAsync("db0"))!.Split(',')
            .Select(part => long.Parse(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)).ToArray();
        await traffic.StopAsync(Cancel);

        Assert.InRange(keyspace[0], 6_000, 6_500);
        Assert.InRange(keyspace[0] - keyspace[1], 1, 40);
    }

    [Fact]
    public async Task TokenTraffic_ServerLostItsTokens_VisitorsSignInAgain()
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = new TokenTraffic(TargetOf(server, 16 * Megabyte), _time);
        await traffic.StartAsync(Cancel);
        await PassUntilAsync(server, "keyspace_hits", atLeast: 100);

        await server.CallAsync("FLUSHALL");

        await _time.PassUntilAsync(async () => (long)await server.CallAsync("DBSIZE"), keys => keys > 100);
        await traffic.StopAsync(Cancel);
    }

    [Fact]
    public async Task CableTraffic_Running_LooksLikeFourRailsProcesses()
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = new CableTraffic(TargetOf(server, 16 * Megabyte), _time);
        await traffic.StartAsync(Cancel);

        await _time.PassUntilAsync(() => ChannelsAsync(server, "action_cable/*"), channels => channels.Length >= 5);
        var listening =
            (long)((StackExchange.Redis.RedisResult[])(await server.CallAsync("PUBSUB", "NUMSUB", "_action_cable_internal"))!)[1];
        var clients = (string)(await server.CallAsync("CLIENT", "LIST"))!;
        var notifications = await ChannelsAsync(server, "notifications:*");
        await traffic.StopAsync(Cancel);

        Assert.Equal(4, listening);
        Assert.Equal(
            4,
            clients.Split('\n')
                .Count(
                    line =>
                        line.Contains("name=ActionCable-PID-", StringComparison.Ordinal)
                            && line.Contains("flags=P", StringComparison.Ordinal)));
        Assert.NotEmpty(notifications);
    }

    [Fact]
    public async Task ActionCableProcess_ToldToCloseTheSocketsOfAnIdentity_LeavesItsChannels()
    {
        await using var server = await TestServer.StartAsync();
        using var process = new ActionCableProcess(
            await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},tiebreaker=,configChannel="));
        await process.ArriveAsync(7);
        await process.ArriveAsync(8);

        await server.CallAsync("PUBLISH", $"{ActionCableProcess.Identity(7)}", """{"type":"disconnect","reconnect":false}""");

        await Eventually.Async(async () => (await ChannelsAsync(server, "*:7")).Length, left => left == 0);
        Assert.Equal([$"{ActionCableProcess.Identity(8)}"], await ChannelsAsync(server, "action_cable/*"));
    }

    /// <summary>All three at once: how long the client library takes to notice and to reconnect is up to the library.</summary>
    [Fact]
    public Task Traffic_ServerHangsDiesAndComesBack_Continues() => Task.WhenAll(
        ContinuesAsync(target => new CacheTraffic(target, TimeProvider.System), "keyspace_hits", "keyspace_misses"),
        ContinuesAsync(target => new TokenTraffic(target, TimeProvider.System), "keyspace_hits", "keyspace_misses"),
        ContinuesAsync(target => new CableTraffic(target, TimeProvider.System), "pubsub_channels"));

    [Fact]
    public void Identity_OfAUser_IsTheGlobalIdInBase64Url() =>
        // gid://my-app/User/7
        Assert.Equal("action_cable/Z2lkOi8vbXktYXBwL1VzZXIvNw", ActionCableProcess.Identity(7).ToString());

    /// <param name="signs">The fields that show that it works; a server that was restarted begins them at 0.</param>
    private static async Task ContinuesAsync(Func<Target, Traffic> of, params string[] signs)
    {
        await using var server = await TestServer.StartAsync();
        using var traffic = of(new(server.Port, server.Password, 8 * Megabyte));
        await traffic.StartAsync(Cancel);
        await WorksAsync();
        var failures = traffic.Failures;

        server.Stop();
        await Eventually.Async(() => Task.FromResult(traffic.Failures), now => now > failures);
        await server.RestartAsync();

        await WorksAsync();
        Assert.Equal(TaskStatus.WaitingForActivation, traffic.ExecuteTask!.Status);
        await traffic.StopAsync(Cancel);

        // One after the other: the test has one connection.
        Task WorksAsync() => Eventually.Async(async () =>
        {
            var sum = 0L;
            foreach (var sign in signs)
            {
                sum += await CountAsync(server, sign);
            }

            return sum >= 5;
        });
    }

    /// <summary>A target whose calls do not give up because the machine is slow.</summary>
    private static Target TargetOf(TestServer server, long maxMemory) =>
        new(server.Port, server.Password, maxMemory) { Timeout = Eventually.Bound };

    private Task<long> PassUntilAsync(TestServer server, string field, long atLeast) =>
        _time.PassUntilAsync(() => CountAsync(server, field), count => count >= atLeast);

    private static async Task<long> CountAsync(TestServer server, string field) =>
        long.Parse((await server.InfoAsync(field))!, CultureInfo.InvariantCulture);

    private static async Task<string[]> ChannelsAsync(TestServer server, string pattern) =>
        (string[])(await server.CallAsync("PUBSUB", "CHANNELS", pattern))!;
}
