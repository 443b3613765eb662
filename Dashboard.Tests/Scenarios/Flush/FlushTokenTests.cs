using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush;

/// <summary>The token on the server says whose the keys in the spare database are, whatever else happened there.</summary>
[Trait("Needs", "Server")]
public sealed class FlushTokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoConsolesWithoutASharedStore_TheSecondHasNoUndo_AndTheFirstKeepsItsOwn()
    {
        await using var cache = await FarCache.StartAsync();
        await using var one = await cache.ConsoleAsync();
        await using var two = await cache.ConsoleAsync();
        await one.ConfirmAsync(await one.PlanAsync());
        await cache.FillAsync();

        var plan = await two.PlanAsync();

        Assert.Contains(
            "There is no Undo: database 15 retains another flush, until that is undone or deleted.", string.Join(' ', plan.Effects),
            StringComparison.Ordinal);
        await two.ConfirmAsync(plan);
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal("All 250 keys are back.", (await one.UndoAsync()).Sentence);
    }

    [Fact]
    public async Task ServerWithoutFlushDb_PurgesPageByPage_InOneAuditedAct()
    {
        await using var cache = await FarCache.StartAsync("rename-command FLUSHDB \"\"");
        await using var flush = await cache.ConsoleAsync();
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        var before = (await flush.Runner.Console.RowsAsync()).Count;

        for (var second = 0; second < 600; second += 5)
        {
            cache.Time.Advance(TimeSpan.FromSeconds(5));
            await flush.Runner.Sweep.SweepAsync(Cancel);
        }

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal(
            ["started", "done"], (await flush.Runner.Console.RowsAsync()).Skip(before).Select(row => row.Result));
    }

    [Theory]
    [InlineData("rename-command MOVE \"\"", "this server has no command MOVE")]
    [InlineData("rename-command SWAPDB \"\"", "this server has no command SWAPDB")]
    [InlineData("databases 1", "the server has no database 15")]
    public async Task ServerThatCannotUndo_PromisesNone(string line, string why)
    {
        await using var cache = await FarCache.StartAsync(line);
        await using var flush = await cache.ConsoleAsync();

        var plan = await flush.PlanAsync();

        Assert.Null(plan.PayloadAs<FlushPayload>().Spare);
        Assert.Contains($"There is no Undo: {why}", string.Join(' ', plan.Effects), StringComparison.Ordinal);
    }

    /// <summary>A full resync brings another server's keys into every database; the process is the same.</summary>
    [Fact]
    public async Task FullResync_ErasesTheToken_AndTheOtherServersKeysStay()
    {
        await using var cache = await FarCache.StartAsync("repl-diskless-sync-delay 0");
        await using var other = await TestServer.StartAsync(
            "maxmemory 100mb", "maxmemory-policy allkeys-lru", "repl-diskless-sync-delay 0");
        await other.CallAsync(
            "EVAL", "redis.call('SELECT', 15) for i = 1, 200 do redis.call('SET', 'orders:'..i, 'precious') end", "0");
        await using var flush = await cache.ConsoleAsync();
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await cache.Server.CallAsync("REPLICAOF", TestServer.Host, other.Port);
        await Eventually.Async(() => cache.Server.InfoAsync("master_link_status"), status => status == "up");
        await cache.Server.CallAsync("REPLICAOF", "NO", "ONE");

        cache.Time.Advance(RetainedFlush.Window);
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 200), await cache.KeysAsync());
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        Assert.Equal(AuditText.Of(AuditResult.Unknown), (await flush.Runner.Console.RowsAsync())[^1].Result);
    }

    /// <summary>A console is held up after it wrote the token; meanwhile another closes the flush.</summary>
    [Fact]
    public async Task ConsoleHeldUpBeforeTheExchange_FindsItsFlushClosed_AndFlushesNothing()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        var held = cache.Hold(Valkey.Commands.LuaScripts.SwapOut);

        var confirming = flush.ConfirmAsync(plan);
        await held.Reached.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        await cache.Server.CallAsync("DEL", Valkey.FlushToken.Key);
        held.Release();
        var flushed = await confirming;

        Assert.Equal(
            (AuditResult.Failed, "The flush’s token is gone from the database: it was evicted, or the database was emptied. Nothing was "
                + "flushed."), (flushed.Result, flushed.Sentence));
        Assert.Equal((250, 0), await cache.KeysAsync());
    }
}
