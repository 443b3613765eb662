using Dapper;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Servers;
using StackExchange.Redis;

namespace Dashboard.Scenarios.Flush;

/// <summary>The time of a flush is over, and something is in the way of its purge: the page and the audit log say what.</summary>
[Trait("Needs", "Server")]
public sealed class KeptBeyondItsTimeTests
{
    private const string Client = "A client uses database 15, where the keys are kept, so they stay until none does. CLIENT LIST shows it "
        + "with db=15.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TokenCannotBeRead_IsSaidOnce_UntilTheReasonChanges_AndThePurgeGoesOnOnceItCan()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await OverdueAsync(cache);

        await cache.Server.CallAsync("ACL", "SETUSER", "default", "-get");
        await RoundsAsync(cache, flush, 5);
        var first = await flush.KeptAsync();
        await cache.Server.CallAsync("ACL", "SETUSER", "default", "-eval");
        await RoundsAsync(cache, flush, 5);
        var second = await flush.KeptAsync();

        Assert.StartsWith("keys=251,", await cache.Server.InfoAsync("db15"), StringComparison.Ordinal);
        Assert.StartsWith("Whose keys database 15 holds cannot be read, so they stay there. The console's acting user may not do this",
            first.Delay, StringComparison.Ordinal);
        Assert.NotEqual(first.Delay, second.Delay);
        Assert.Equal([$"failed: {first.Delay}", $"failed: {second.Delay}"], await RowsAsync(flush));

        await cache.Server.CallAsync("ACL", "SETUSER", "default", "+@all");
        await RoundsAsync(cache, flush, 2);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal("done: Undo was not used: 250 keys in database 15 are deleted.", (await RowsAsync(flush))[^1]);
    }

    [Fact]
    public async Task ClientOnTheSpareDatabase_IsSaidOnce_AndThePurgeGoesOnOnceItIsGone()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await OverdueAsync(cache);
        await using (var client = await ConnectionMultiplexer.ConnectAsync(cache.Server.Endpoint))
        {
            await client.GetDatabase(15).KeyExistsAsync("page:1");
            await RoundsAsync(cache, flush, 5);
            Assert.Equal((RetentionState.Retained, Client), await flush.KeptAsync() is var kept ? (kept.State, kept.Delay) : default);
            Assert.Equal([$"failed: {Client}"], await RowsAsync(flush));
            Assert.Equal((0, 250), await cache.KeysAsync());
        }

        await Eventually.Async(
            async () => (string)(await cache.Server.CallAsync("CLIENT", "LIST"))!,
            list => !list.Contains("db=15", StringComparison.Ordinal));
        await RoundsAsync(cache, flush, 2);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal("done: Undo was not used: 250 keys in database 15 are deleted.", (await RowsAsync(flush))[^1]);
    }

    [Fact]
    public async Task PurgeThatCannotBeRecorded_IsNotBegun()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await OverdueAsync(cache);
        await SqlAsync(flush, "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'full'); END");
        await RoundsAsync(cache, flush, 3);
        Assert.Equal((0, 250), await cache.KeysAsync());

        await SqlAsync(flush, "DROP TRIGGER full");
        await RoundsAsync(cache, flush, 2);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal("done: Undo was not used: 250 keys in database 15 are deleted.", (await RowsAsync(flush))[^1]);
    }

    /// <summary>Only time in which another server answers counts: one that is away may come back with what it holds.</summary>
    [Fact]
    public async Task ServerAwayBetweenTwoSightingsOfAnother_IsWaitedFor()
    {
        await using var cache = await FarCache.StartAsync();
        await using var other = await TestServer.StartAsync("maxmemory 100mb", "maxmemory-policy allkeys-lru");
        await using var flush = await OverdueAsync(cache);

        Lead(cache, other.Port);
        await RoundsAsync(cache, flush, 1);
        Lead(cache, FreePort.Next());
        await RoundsAsync(cache, flush, 30);
        Lead(cache, other.Port);
        await RoundsAsync(cache, flush, 1);
        Assert.Equal(RetentionState.Retained, (await flush.KeptAsync()).State);

        Lead(cache, cache.Server.Port);
        await RoundsAsync(cache, flush, 1);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
    }

    [Fact]
    public async Task OtherServerForTenMinutes_IsClosed_AndNothingIsDoneToIt()
    {
        await using var cache = await FarCache.StartAsync();
        await using var other = await TestServer.StartAsync("maxmemory 100mb", "maxmemory-policy allkeys-lru");
        await other.CallAsync("SET", "page:1", "precious");
        await using var flush = await OverdueAsync(cache);
        Lead(cache, other.Port);

        await RoundsAsync(cache, flush, 10);
        Assert.Single(await flush.Runner.Flushes.OpenAsync(Cancel));
        await RoundsAsync(cache, flush, 1);

        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        Assert.StartsWith(
            $"unknown: Another server process, or this one as a replica, has answered on {flush.Runner.Instance.Id} for 10 min. ",
            Assert.Single(await RowsAsync(flush)), StringComparison.Ordinal);
        Assert.Equal(1L, (long)await other.CallAsync("DBSIZE"));
        Assert.Equal((0, 250), await cache.KeysAsync());
    }

    /// <summary>A flush whose minute is over at the next round.</summary>
    private static async Task<OpenFlush> OverdueAsync(FarCache cache)
    {
        var flush = await cache.ConsoleAsync();
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        return flush;
    }

    /// <summary>Sweeps a minute apart, which is the longest wait after a failure.</summary>
    private static async Task RoundsAsync(FarCache cache, OpenFlush flush, int count)
    {
        for (var round = 0; round < count; round++)
        {
            cache.Time.Advance(TimeSpan.FromMinutes(1));
            await flush.Runner.Sweep.SweepAsync(Cancel);
        }
    }

    private static async Task SqlAsync(OpenFlush flush, string sql) =>
        await flush.Runner.Console.Store.WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction));

    private static void Lead(FarCache cache, int port)
    {
        cache.Network.Target = port;
        cache.Network.Cut();
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(OpenFlush flush) =>
        [.. (await flush.Runner.Console.RowsAsync()).Where(row => row.Action == "cache.flush.purge" && row.Result != "started")
            .Select(row => $"{row.Result}: {row.Detail}")];
}
