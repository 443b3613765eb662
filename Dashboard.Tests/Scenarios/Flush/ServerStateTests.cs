using Dashboard.Actions;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Permissions;
using StackExchange.Redis;

namespace Dashboard.Scenarios.Flush;

/// <summary>
/// A server that is full, loading, busy, cannot write, is a replica, or grants the console too little: the reason is stated in full, and
/// nothing is changed.
/// </summary>
[Trait("Needs", "Server")]
public sealed class ServerStateTests
{
    private const string Loading = "The server is still loading its data and accepts no changes. "
        + "Wait until its card shows that loading is done.";
    private const string Busy = "Another client's script is blocking the server. Copy: SCRIPT KILL; the server refuses it if the script "
        + "has written, and then you can only wait.";
    private const string Misconf = "The server cannot write its append-only file and refuses every change. "
        + "Free space on its disk; the server then recovers automatically. Do not switch the append-only file off.";
    private const string ReadOnly = "The server is a replica and accepts no changes. Name the primary in the settings.";

    private static readonly string[] Cache = ["maxmemory 100mb", "maxmemory-policy allkeys-lru"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Too full for a single write, and every step still frees what it should.</summary>
    [Fact]
    public async Task Full_FlushUndoAndReclaimWork()
    {
        await using var server = await FullMemory.StartAsync("enable-debug-command yes");
        await server.CallAsync("EXPIRE", "full-memory:1", 5_000);
        await using var flush = await OpenFlush.OverAsync(server);
        var reclaimed = await flush.ConfirmAsync(await flush.PlanAsync("keys.reclaim"));
        Assert.Equal((AuditResult.Done, "No key had expired."), (reclaimed.Result, reclaimed.Sentence));
        Assert.StartsWith(
            "test is set to noeviction, and a cache evicts any key (allkeys-lru)", await flush.RefusedAsync(), StringComparison.Ordinal);

        await server.CallAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        var flushed = await flush.ConfirmAsync(await flush.PlanAsync());
        var undone = await flush.UndoAsync();

        var (swapped, back) = (flushed.Counts["swapped"], undone.Counts["restored"]);
        Assert.Equal((AuditResult.Done, AuditResult.Done), (flushed.Result, undone.Result));
        Assert.Equal(swapped, back + undone.Counts["evicted"]);
        // It is still full: what came back may be evicted by the next command.
        Assert.InRange(await KeysAsync(server), 1, back);
    }

    [Fact]
    public async Task Loading_NothingIsPlannedOrDone_AndLaterItWorks()
    {
        await using var server = await TestServer.StartAsync(["enable-debug-command yes", "rdbcompression no", .. Cache]);
        // Each value is as large as what the server loads before it serves its clients again.
        await server.CallAsync("DEBUG", "POPULATE", 3_000, "page", 1_024);
        await server.CallAsync("SAVE");
        await using var flush = await OpenFlush.OverAsync(server);
        var plan = await flush.PlanAsync();
        // Loading takes a minute unless its delay is removed.
        await server.RestartAsync(waitUntilReady: false, lines: ["key-load-delay 20000", "loading-process-events-interval-bytes 1024"]);
        await Eventually.Async(() => AnswersAsync(server));

        Assert.Equal($"{Loading} Nothing was flushed.", await FailedAsync(flush, plan));
        Assert.Equal(Loading, await flush.RefusedAsync());
        Assert.Equal(Loading, await flush.RefusedAsync("keys.reclaim"));

        await server.CallAsync("CONFIG", "SET", "key-load-delay", 0);
        await Eventually.Async(async () => await server.InfoAsync("loading") == "0");
        Assert.Equal(3_000, await KeysAsync(server));
        Assert.Equal(3_000, (await flush.ConfirmAsync(await flush.PlanAsync())).Counts["swapped"]);
    }

    [Fact]
    public async Task Busy_NothingIsPlannedOrDone_AndLaterItWorks()
    {
        await using var server = await FilledAsync();
        await using var flush = await OpenFlush.OverAsync(server);
        var plan = await flush.PlanAsync();
        await using (await BusyScript.StartAsync(server))
        {
            Assert.Equal($"test did not accept the console's connection. {Busy} Nothing was done.", await FailedAsync(flush, plan));
            Assert.Equal(Busy, await flush.RefusedAsync(look: false));
        }

        await ServesAsync(server, flush);
    }

    [Fact]
    public async Task DiskIsFull_NothingIsPlannedOrDone_AndLaterItWorks()
    {
        await using var server = await TestServer.OnSmallDiskAsync(Cache);
        await FillAsync(server);
        await using var flush = await OpenFlush.OverAsync(server);
        var plan = await flush.PlanAsync();
        await SmallDisk.FillAsync(server);
        var keys = await KeysAsync(server);

        Assert.Equal($"{Misconf} Nothing was flushed.", await FailedAsync(flush, plan));
        Assert.Equal(Misconf, await flush.RefusedAsync());
        Assert.Equal(keys, await KeysAsync(server));

        SmallDisk.Free(server);
        await Eventually.Async(async () => await server.InfoAsync("aof_last_write_status") == "ok");
        Assert.Equal(keys, (await flush.ConfirmAsync(await flush.PlanAsync())).Counts["swapped"]);
    }

    [Fact]
    public async Task BecameAReplica_NothingIsPlannedOrDone_AndLaterItWorks()
    {
        await using var server = await FilledAsync();
        await using var flush = await OpenFlush.OverAsync(server);
        var plan = await flush.PlanAsync();
        await server.CallAsync("REPLICAOF", TestServer.Host, FreePort.Next());

        Assert.Equal($"{ReadOnly} Nothing was flushed.", await FailedAsync(flush, plan));
        Assert.Equal(ReadOnly, await flush.RefusedAsync(look: false));
        Assert.Equal(
            $"{server.Endpoint} is a replica and accepts no changes. Name the primary in the settings.", await flush.RefusedAsync());

        await server.CallAsync("REPLICAOF", "NO", "ONE");
        await ServesAsync(server, flush);
    }

    /// <summary>The script runs up to the command that it may not run, which comes last in it: nothing was done before.</summary>
    [Theory]
    [InlineData("+swapdb", "swapdb")]
    [InlineData("+scan", "scan")]
    [InlineData("+eval", "eval")]
    public async Task RightIsMissing_ItIsNamed_AndLaterItWorks(string grant, string command)
    {
        await using var server =
            await TestServer.WithPasswordAsync("admins", [.. Cache, AclRules.Line(Purpose.Cache, ConnectionRole.Act, "actors")]);
        await FillAsync(server);
        await using var flush =
            await OpenFlush.OverAsync(
                new OpenRunner(
                    server,
                    server.Instance(Purpose.Cache) with
                    {
                        Act =
                        new(AclRules.UserOf(ConnectionRole.Act), await server.PasswordFileAsync("actors"))
                    }, new()));
        var plan = await flush.PlanAsync();
        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Act), $"-{command}");

        var why = grant == "+swapdb" ? await FailedAsync(flush, plan) : await flush.RefusedAsync();

        Assert.StartsWith("The console's acting user may not do this (", why, StringComparison.Ordinal);
        // Redis 7.0 does not name the command that a script may not run.
        var namesNothing = command != "eval" && (await server.InfoAsync("redis_version"))!.StartsWith("7.0.", StringComparison.Ordinal);
        Assert.Contains(namesNothing ? "can't run this command" : $"'{command}'", why, StringComparison.Ordinal);
        Assert.DoesNotContain("@user_script", why, StringComparison.Ordinal);
        Assert.Contains("). The Privileges page shows the command to copy.", why, StringComparison.Ordinal);
        Assert.Equal(300, await KeysAsync(server));
        await server.CallAsync("ACL", "SETUSER", AclRules.UserOf(ConnectionRole.Act), grant);
        await ServesAsync(server, flush);
    }

    private static async Task<TestServer> FilledAsync()
    {
        var server = await TestServer.StartAsync(Cache);
        await FillAsync(server);
        return server;
    }

    private static Task<RedisResult> FillAsync(TestServer server) =>
        server.CallAsync("EVAL", "for i = 1, 300 do redis.call('SET', 'page:'..i, i) end", "0");

    private static async Task<long> KeysAsync(TestServer server) => (long)await server.CallAsync("DBSIZE");

    /// <summary>Asks over a new connection, which one refusal does not delay for seconds.</summary>
    private static async Task<bool> AnswersAsync(TestServer server)
    {
        await using var watch = WatchingConnection.Over(server);
        return (await watch.InfoAsync(Cancel)).Fault is null;
    }

    private static async Task<string> FailedAsync(OpenFlush flush, ActionPlan plan)
    {
        var failed = await flush.ConfirmAsync(plan);
        Assert.Equal(AuditResult.Failed, failed.Result);
        Assert.DoesNotContain(await flush.Runner.Flushes.OpenAsync(Cancel), swap => swap.State != RetentionState.Closed);
        return failed.Sentence!;
    }

    private static async Task ServesAsync(TestServer server, OpenFlush flush)
    {
        Assert.Equal(300, await KeysAsync(server));
        Assert.Equal(300, (await flush.ConfirmAsync(await flush.PlanAsync())).Counts["swapped"]);
        Assert.Equal("All 300 keys are back.", (await flush.UndoAsync()).Sentence);
    }
}
