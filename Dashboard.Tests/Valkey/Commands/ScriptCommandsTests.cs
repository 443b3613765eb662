using System.Net.Sockets;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;

namespace Dashboard.Valkey.Commands;

/// <summary>Each step runs on a real server: it does its work where all conditions hold, and nothing where one does not.</summary>
[Trait("Needs", "Server")]
public sealed class ScriptCommandsTests
{
    private const string Policy = "allkeys-lru";
    private const long Plenty = 1_000_000;
    private const long Never = long.MaxValue;

    private static readonly Guid Flush = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<TestServer> CacheAsync(params string[] lines) =>
        TestServer.StartAsync(["maxmemory 60mb", $"maxmemory-policy {Policy}", .. lines]);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Flush_EmptiesItsDatabaseAndNoOther(int database)
    {
        await using var server = await CacheAsync();
        await FillAsync(server, database, 500, "mine");
        await FillAsync(server, 5, 20, "other");
        await using var act = await ActingConnection.OverAsync(server);

        var flushed = await act.FlushAsync(await ActingConnection.GuardAsync(server, database), Policy, Plenty, Cancel);

        Assert.Equal(500, flushed.Value!.Value);
        Assert.Equal((0, 20), (await KeysAsync(server, database), await KeysAsync(server, 5)));
    }

    [Fact]
    public async Task AnyStep_OneConditionDoesNotHold_IsNamedAndNothingIsDone()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 50, "mine");
        await FillAsync(server, 1, 30, "spare");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        var stranger = precondition with { RunId = new string('0', 40) };

        Assert.Equal(
            [
                "run_id " + precondition.RunId, "run_id " + precondition.RunId, "run_id " + precondition.RunId,
                "run_id " + precondition.RunId, "run_id " + precondition.RunId, "run_id " + precondition.RunId,
                "run_id " + precondition.RunId, "run_id " + precondition.RunId, "run_id " + precondition.RunId,
                "run_id " + precondition.RunId,
                "maxmemory_policy allkeys-lru", "maxmemory_policy allkeys-lru", "maxmemory_policy allkeys-lru", "keys 50", "keys 50",
                "spare 30", "late now", "token ",
                "token ", "token ", "token ", "token ",
            ],
            [
                Breach(await act.FlushAsync(stranger, Policy, Plenty, Cancel)),
                Breach(await act.BeginFlushAsync(stranger, Policy, Plenty, 2, Flush, Never, Cancel)),
                Breach(await act.SwapOutAsync(stranger, Policy, Plenty, 2, Flush, Never, Cancel)),
                Breach(await act.ReadFlushAsync(stranger, 1, Cancel)),
                Breach(await act.ChangeFlushAsync(stranger, 1, Flush, FlushToken.Open, FlushToken.Purging, 0, Cancel)),
                Breach(await act.EndFlushAsync(stranger, Flush, FlushToken.Open, Cancel)),
                Breach(await act.BringBackAsync(stranger, 1, Flush, ScanPage.Start, 100, Cancel)),
                Breach(await act.PurgeAsync(stranger, 1, Flush, ScanPage.Start, 100, Cancel)),
                Breach(await act.RemoveAsync(stranger, Policy, "*", Plenty, KeyPrefixRules.None, ScanPage.Start, 100, Cancel)),
                Breach(await act.ReclaimAsync(stranger, ScanPage.Start, 100, Cancel)),
                Breach(await act.FlushAsync(precondition, "noeviction", Plenty, Cancel)),
                Breach(await act.BeginFlushAsync(precondition, "noeviction", Plenty, 2, Flush, Never, Cancel)),
                Breach(await act.RemoveAsync(precondition, "noeviction", "*", Plenty, KeyPrefixRules.None, ScanPage.Start, 100, Cancel)),
                Breach(await act.FlushAsync(precondition, Policy, 49, Cancel)),
                Breach(await act.BeginFlushAsync(precondition, Policy, 49, 2, Flush, Never, Cancel)),
                Breach(await act.BeginFlushAsync(precondition, Policy, Plenty, 1, Flush, Never, Cancel)),
                Breach(await act.BeginFlushAsync(precondition, Policy, Plenty, 2, Flush, notAfter: 0, Cancel)),
                Breach(await act.SwapOutAsync(precondition, Policy, Plenty, 2, Flush, Never, Cancel)),
                Breach(await act.ChangeFlushAsync(precondition, 1, Flush, FlushToken.Open, FlushToken.Purging, 0, Cancel)),
                Breach(await act.EndFlushAsync(precondition, Flush, FlushToken.Open, Cancel)),
                Breach(await act.BringBackAsync(precondition, 1, Flush, ScanPage.Start, 100, Cancel)),
                Breach(await act.PurgeAsync(precondition, 1, Flush, ScanPage.Start, 100, Cancel)),
            ]);
        Assert.Equal((50, 30), (await KeysAsync(server, 0), await KeysAsync(server, 1)));
    }

    /// <summary>A server that was synchronized from another one is the same process with other keys.</summary>
    [Fact]
    public async Task AnyStep_ReplicationIdDiffers_IsNamedAndNothingIsDone()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 50, "mine");
        await FillAsync(server, 1, 30, "spare");
        await using var act = await ActingConnection.OverAsync(server);
        var same = await ActingConnection.GuardAsync(server) with { ReplicationId = await server.InfoAsync("master_replid") };
        var other = same with { ReplicationId = new string('0', 40) };

        Assert.All(
            [
                Breach(await act.SampleAsync(other, "*", ScanPage.Start, 100, Cancel)),
                Breach(await act.FindAsync(other, ["mine:1"], Cancel)),
                Breach(await act.CountAsync(other, Cancel)),
                Breach(await act.FlushAsync(other, Policy, Plenty, Cancel)),
                Breach(await act.BeginFlushAsync(other, Policy, Plenty, 2, Flush, Never, Cancel)),
                Breach(await act.SwapOutAsync(other, Policy, Plenty, 2, Flush, Never, Cancel)),
                Breach(await act.RemoveAsync(other, Policy, "*", Plenty, KeyPrefixRules.None, ScanPage.Start, 100, Cancel)),
                Breach(await act.ReclaimAsync(other, ScanPage.Start, 100, Cancel)),
            ],
            breach => Assert.Equal($"master_replid {same.ReplicationId}", breach));
        Assert.Equal((50, 30), (await KeysAsync(server, 0), await KeysAsync(server, 1)));
        Assert.Equal(["mine:1"], (await act.FindAsync(same, ["mine:1", "none"], Cancel)).Value!.Value!.Keys);
        Assert.Equal(50, (await act.FlushAsync(same, Policy, Plenty, Cancel)).Value!.Value);
    }

    /// <summary>A replica refuses on its own, and a writable replica is refused by the script's check of the role.</summary>
    [Fact]
    public async Task AnyStep_OnAReplica_IsRefused()
    {
        await using var primary = await CacheAsync("repl-diskless-sync-delay 0");
        await FillAsync(primary, 0, 50, "mine");
        await using var replica = await CacheAsync($"replicaof 127.0.0.1 {primary.Port}");
        await Eventually.Async(() => KeysAsync(replica, 0), keys => keys == 50);
        await using var act = await ActingConnection.OverAsync(replica);
        var precondition = await ActingConnection.GuardAsync(replica);

        Assert.Equal(FaultKind.ReadOnly, (await act.FlushAsync(precondition, Policy, Plenty, Cancel)).Fault?.Kind);
        Assert.Equal(FaultKind.ReadOnly, (await act.ReclaimAsync(precondition, ScanPage.Start, 100, Cancel)).Fault?.Kind);
        await replica.CallAsync("CONFIG", "SET", "replica-read-only", "no");
        Assert.Equal("role slave", Breach(await act.FlushAsync(precondition, Policy, Plenty, Cancel)));
        Assert.Equal(
            "role slave",
            Breach(await act.RemoveAsync(precondition, Policy, "*", Plenty, KeyPrefixRules.None, ScanPage.Start, 100, Cancel)));
        Assert.Equal("role slave", Breach(await act.ReclaimAsync(precondition, ScanPage.Start, 100, Cancel)));
        Assert.Equal((50, 50), (await KeysAsync(primary, 0), await KeysAsync(replica, 0)));
    }

    [Fact]
    public async Task SwappedOutKeys_ComeBackWithTheirValuesAndTimes_AndNewerValuesStay()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 1_000, "old", "'EX', 5000");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        var before = await DigestAsync(server, 0);

        Assert.Equal(1_000, await SwapOutAsync(act, precondition, FlushToken.Restoring));
        Assert.Equal((0, 1_001), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
        await FillAsync(server, 0, 1, "old", write: "new");
        var (seen, back) = await BringAllBackAsync(act, precondition);

        Assert.Equal((1_000, 999), (seen, back));
        Assert.Equal((1_000, 1), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
        Assert.Equal("new", (string?)await server.CallAsync("GET", "old:1"));
        Assert.Equal("old:2", (string?)await server.CallAsync("GET", "old:2"));
        Assert.InRange((long)await server.CallAsync("TTL", "old:2"), 4_900, 5_000);
        await FillAsync(server, 0, 1, "old", "'EX', 5000");
        Assert.Equal(before, await DigestAsync(server, 0));
    }

    /// <summary>
    /// Valkey shrinks a table while it empties: the last pages once had nearly 500 keys and delayed other clients by 3 to 7 ms.
    /// </summary>
    [Fact]
    public async Task BringingBack_FromATableThatShrinks_KeepsItsPagesSmall()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 200_000, "old");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        await SwapOutAsync(act, precondition, FlushToken.Restoring);

        var (seen, back) = await BringAllBackAsync(act, precondition);

        Assert.Equal((200_000, 200_000), (seen, back));
        Assert.Equal((200_000, 1), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
    }

    [Fact]
    public async Task Purge_EmptiesTheSpareDatabaseOnly()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 300, "old");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        await SwapOutAsync(act, precondition, FlushToken.Purging);
        await FillAsync(server, 0, 7, "new");

        Assert.Equal((300, 0), await PurgeAllAsync(act, precondition));
        Assert.Equal(0, (await act.EndFlushAsync(precondition with { Database = 15 }, Flush, FlushToken.Purging, Cancel)).Value!.Value);

        Assert.Equal((7, 0), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
    }

    /// <summary>A step that the network held back must find its token gone or changed.</summary>
    [Fact]
    public async Task LateStep_FindsItsTokenGoneOrChanged_AndDoesNothing()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 50, "mine");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        await act.BeginFlushAsync(precondition, Policy, Plenty, 15, Flush, Never, Cancel);
        Assert.Equal(
            "token " + Flush + " open",
            Breach(await act.BeginFlushAsync(precondition, Policy, Plenty, 15, Guid.NewGuid(), Never, Cancel))[..47]);
        Assert.Equal("late now", Breach(await act.SwapOutAsync(precondition, Policy, Plenty, 15, Flush, notAfter: 1, Cancel)));
        Assert.Equal(50, (await act.EndFlushAsync(precondition, Flush, FlushToken.Open, Cancel)).Value!.Value);

        Assert.Equal("token ", Breach(await act.SwapOutAsync(precondition, Policy, Plenty, 15, Flush, Never, Cancel)));
        await SwapOutAsync(act, precondition, FlushToken.Restoring);
        Assert.StartsWith(
            $"token {Flush} restoring ", Breach(await act.PurgeAsync(precondition, 15, Flush, ScanPage.Start, 100, Cancel)),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"token {Flush} restoring ",
            Breach(await act.ChangeFlushAsync(precondition, 15, Flush, FlushToken.Open, FlushToken.Purging, 0, Cancel)),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"token {Flush} restoring ",
            Breach(await act.ChangeFlushAsync(precondition, 15, Guid.NewGuid(), FlushToken.Restoring, FlushToken.Purging, 0, Cancel)),
            StringComparison.Ordinal);
        Assert.Equal((0, 51), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
    }

    [Theory]
    [InlineData(FlushToken.Restoring)]
    [InlineData(FlushToken.Purging)]
    public async Task KeyThatAnotherClientUsedInTheSpareDatabase_StaysThere(string state)
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 50, "mine");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        await SwapOutAsync(act, precondition, state);
        var swapped = await ClockAsync(server);
        // The server counts idleness in seconds; a key used later than that counts as another client's.
        await Eventually.Async(() => ClockAsync(server), now => now > swapped + 5_000);
        await UseSpareAsync(server);

        var page = state == FlushToken.Purging
            ? await act.PurgeAsync(precondition, 15, Flush, ScanPage.Start, 200, Cancel)
            : await act.BringBackAsync(precondition, 15, Flush, ScanPage.Start, 200, Cancel);

        Assert.Equal(new ScanPage(ScanPage.Start, 49, 49, 3), page.Value!.Value);
        Assert.Equal((state == FlushToken.Purging ? 0 : 49, 4), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
    }

    [Fact]
    public async Task Remove_DeletesMatchingKeys_PageByPage()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 700, "views");
        await FillAsync(server, 0, 60, "counts");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        var (cursor, gone) = (ScanPage.Start, 0L);
        do
        {
            var page = (await act.RemoveAsync(
                precondition, Policy, "views:*", Plenty, KeyPrefixRules.None, cursor, 100, Cancel)).Value!.Value;
            Assert.InRange(page.Done, 0, 200);
            (cursor, gone) = (page.Cursor, gone + page.Done);
        }
        while (cursor != ScanPage.Start);

        Assert.Equal((700, 60), (gone, await KeysAsync(server, 0)));
    }

    [Fact]
    public async Task Remove_WritesOnceAPage_AndNeverMoreThanItsCeiling()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 0, 300, "views");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        var (cursor, gone, writes) = (ScanPage.Start, 0L, 0);
        do
        {
            var page = (await act.RemoveAsync(
                precondition, Policy, "views:*", 250 - gone, KeyPrefixRules.None, cursor, 100, Cancel)).Value!.Value;
            (cursor, gone, writes) = (page.Cursor, gone + page.Done, writes + (page.Done > 0 ? 1 : 0));
        }
        while (cursor != ScanPage.Start);

        Assert.Equal((250, 50), (gone, await KeysAsync(server, 0)));
        Assert.StartsWith(
            $"calls={writes},", Info.InfoReply.Parse((string)(await server.CallAsync("INFO", "commandstats"))!).Text("cmdstat_unlink"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reclaim_LetsTheServerDropExpiredKeys_AndTouchesNothingElse()
    {
        await using var server = await CacheAsync("enable-debug-command local");
        await server.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await FillAsync(server, 0, 400, "gone", "'PX', 1");
        var filled = await ClockAsync(server);
        await FillAsync(server, 0, 40, "kept", "'EX', 5000");
        await using var act = await ActingConnection.OverAsync(server, Purpose.Session);
        // All of this takes less than a millisecond where the machine is quick.
        await Eventually.Async(() => ClockAsync(server), now => now > filled + 2);
        var precondition = await ActingConnection.GuardAsync(server);
        Assert.Equal(440, await KeysAsync(server, 0));
        var cursor = ScanPage.Start;
        do
        {
            cursor = (await act.ReclaimAsync(precondition, cursor, 100, Cancel)).Value!.Value.Cursor;
        }
        while (cursor != ScanPage.Start);

        Assert.Equal(40, await KeysAsync(server, 0));
        Assert.Equal("400", await server.InfoAsync("expired_keys"));
    }

    /// <summary>A person needs these steps most on a full server.</summary>
    [Fact]
    public async Task FullServer_TheStepsThatFreeMemoryStillRun()
    {
        await using var server = await TestServer.StartAsync("maxmemory 60mb", "maxmemory-policy noeviction");
        await FillAsync(server, 0, 300, "mine");
        await server.CallAsync("CONFIG", "SET", "maxmemory", "1");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);

        Assert.Equal(300, await SwapOutAsync(act, precondition, FlushToken.Restoring, "noeviction"));
        Assert.Equal((300, 300), await BringAllBackAsync(act, precondition));
        Assert.Null((await act.ReclaimAsync(precondition, ScanPage.Start, 100, Cancel)).Fault);
        Assert.Equal(300, (await act.FlushAsync(precondition, "noeviction", Plenty, Cancel)).Value!.Value);
    }

    [Fact]
    public async Task ServerWithOneDatabase_CannotSwap_AndSaysSo()
    {
        await using var server = await CacheAsync("databases 1");
        await FillAsync(server, 0, 10, "mine");
        await using var act = await ActingConnection.OverAsync(server);

        var refused = await act.BeginFlushAsync(await ActingConnection.GuardAsync(server), Policy, Plenty, 15, Flush, Never, Cancel);

        Assert.Contains("out of range", Assert.IsType<Fault>(refused.Fault).Detail, StringComparison.Ordinal);
        Assert.Equal(10, await KeysAsync(server, 0));
    }

    [Fact]
    public async Task ReadingSteps_GiveNamesAndCounts_AndCutLongNames()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 3, 250, "mine");
        await server.CallAsync(
            "EVAL", "redis.call('SELECT', 3) redis.call('SET', string.rep('long', 5000), 'x') redis.call('SET', 'queues', 'x')", "0");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server, 3);
        var (cursor, names) = (ScanPage.Start, new List<string>());
        do
        {
            var page = (await act.SampleAsync(precondition, "*", cursor, 100, Cancel)).Value!.Value!;
            (cursor, names) = (page.Cursor, [.. names, .. page.Keys]);
        }
        while (cursor != ScanPage.Start);

        Assert.Equal(252, names.Distinct().Count());
        Assert.Equal(200, names.Max(name => name.Length));
        Assert.Equal(["queues"], (await act.FindAsync(precondition, ["queues", "retry"], Cancel)).Value!.Value!.Keys);
        Assert.Equal(252, (await act.CountAsync(precondition, Cancel)).Value!.Value);
        Assert.Contains(
            "out of range", (await act.CountAsync(precondition with { Database = 99 }, Cancel)).Fault?.Detail, StringComparison.Ordinal);
        Assert.Equal(
            "run_id " + precondition.RunId,
            Breach(await act.SampleAsync(precondition with { RunId = new('0', 40) }, "*", ScanPage.Start, 100, Cancel)));
    }

    [Fact]
    public async Task Clients_AreCountedByDatabase()
    {
        await using var server = await CacheAsync();
        await using var act = await ActingConnection.OverAsync(server);
        using var other = new TcpClient(TestServer.Host, server.Port);
        await other.GetStream().WriteAsync("CLIENT SETNAME db=3\r\nSELECT 7\r\n"u8.ToArray(), Cancel);
        await other.GetStream().ReadExactlyAsync(new byte["+OK\r\n+OK\r\n".Length], Cancel);

        var clients = (await act.ClientsAsync(Cancel)).Value!;

        Assert.Equal((1, 0, 0), (clients.On(7), clients.On(3), clients.On(15)));
        Assert.True(clients.On(0) >= 1);
    }

    private static string Breach<T>(Reply<PreconditionResult<T>> reply)
    {
        Assert.Null(reply.Fault);
        return $"{reply.Value!.Failed!.Condition} {reply.Value.Failed.Found}";
    }

    /// <summary>Begins the flush, swaps the database out, and brings the token into a state.</summary>
    /// <returns>How many keys the database had.</returns>
    private static async Task<long> SwapOutAsync(
        IServerActor act, ServerPrecondition precondition, string state, string policy = Policy)
    {
        Assert.Null((await act.BeginFlushAsync(precondition, policy, Plenty, 15, Flush, Never, Cancel)).Value!.Failed);
        var keys = (await act.SwapOutAsync(precondition, policy, Plenty, 15, Flush, Never, Cancel)).Value!.Value!.Keys;
        Assert.Equal(keys, (await act.ChangeFlushAsync(precondition, 15, Flush, FlushToken.Open, state, 0, Cancel)).Value!.Value);
        return keys;
    }

    /// <summary>
    /// Writes two keys into the spare database and reads another. Not by a script: of an argument that a script reuses, Redis 7.0 keeps the
    /// time at which it was made.
    /// </summary>
    private static async Task UseSpareAsync(TestServer server)
    {
        foreach (var key in (string[])["billing:1", "billing:2"])
        {
            await server.CallAsync("SET", key, "x");
            await server.CallAsync("MOVE", key, 15);
        }

        await server.CallAsync("EVAL", "redis.call('SELECT', 15) return redis.call('GET', 'mine:1')", "0");
    }

    private static Task<(long Seen, long Back)> BringAllBackAsync(IServerActor act, ServerPrecondition precondition) =>
        AllAsync(cursor => act.BringBackAsync(precondition, 15, Flush, cursor, 100, Cancel));

    private static async Task<(long Deleted, long Skipped)> PurgeAllAsync(IServerActor act, ServerPrecondition precondition)
    {
        var (seen, done) = await AllAsync(cursor => act.PurgeAsync(precondition, 15, Flush, cursor, 100, Cancel));
        return (done, seen - done);
    }

    private static async Task<(long Seen, long Done)> AllAsync(Func<string, Task<Reply<PreconditionResult<ScanPage>>>> next)
    {
        var (cursor, seen, done) = (ScanPage.Start, 0L, 0L);
        do
        {
            var page = (await next(cursor)).Value!.Value;
            Assert.InRange(page.Seen, 0, 200);
            (cursor, seen, done) = (page.Cursor, seen + page.Seen, done + page.Done);
        }
        while (cursor != ScanPage.Start);

        return (seen, done);
    }

    /// <summary>
    /// Writes the keys <c>name:1</c> and onwards, each with its own name as its value, or all with <paramref name="write"/>.
    /// </summary>
    private static Task<StackExchange.Redis.RedisResult> FillAsync(
        TestServer server, int database, int count, string name, string options = "", string? write = null) => server.CallAsync(
        "EVAL",
        $"redis.call('SELECT', {database}) for i = 1, {count} do redis.call('SET', '{name}:'..i, "
            + $"{(write is null ? $"'{name}:'..i" : $"'{write}'")}{(options.Length > 0 ? ", " + options : "")}) end", "0");

    /// <summary>The server's own clock, in milliseconds.</summary>
    private static async Task<long> ClockAsync(TestServer server) =>
        (string[])(await server.CallAsync("TIME"))! is [var seconds, var micros]
        ? (long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * 1_000)
            + (long.Parse(micros, System.Globalization.CultureInfo.InvariantCulture) / 1_000) : 0;

    private static async Task<long> KeysAsync(TestServer server, int database) =>
        (long)await server.CallAsync("EVAL", $"redis.call('SELECT', {database}) return redis.call('DBSIZE')", "0");

    /// <summary>Computes a digest of all keys and values of a database, in a script on the server.</summary>
    private static async Task<string> DigestAsync(TestServer server, int database) =>
        (string)(await server.CallAsync("EVAL", $"redis.call('SELECT', {database}) local all = redis.call('KEYS', '*') table.sort(all) "
            + $"local sum = '' for _, key in ipairs(all) do sum = redis.sha1hex(sum .. key .. redis.call('GET', key)) end return sum",
                "0"))!;
}
