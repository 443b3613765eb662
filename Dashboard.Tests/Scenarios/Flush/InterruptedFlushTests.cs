using Dashboard.Actions;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Servers;
using Dashboard.Valkey.Commands;

namespace Dashboard.Scenarios.Flush;

/// <summary>A console ends in the middle of a flush, and another one over the same file, or its own next run, continues.</summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class InterruptedFlushTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SwapThatWasNotRecorded_IsOfferedForUndoForAMinute_AndNeverGivenUpAtOnce()
    {
        await using var cache = await FarCache.StartAsync();
        await using var dead = await ConsoleAsync(cache, "here-1");
        var run = await ClaimedAsync(dead, await dead.PlanAsync());
        Assert.True(await dead.Runner.Flushes.BeginAsync(run, 15, 1_375, isChecked: true, Cancel));
        var begunAt = (string)(await cache.Server.CallAsync(
            "EVAL",
            "local at = string.format('%.0f', redis.call('TIME')[1] * 1000000) "
                + "redis.call('SET', 'dashboard:flush', ARGV[1] .. ' open ' .. at) return at", "0", $"{run.Id}"))!;
        Assert.True(
            await dead.Runner.Flushes.SetBegunAsync(
                run.Id, long.Parse(begunAt, System.Globalization.CultureInfo.InvariantCulture), Cancel));
        await cache.Server.CallAsync("SWAPDB", 0, 15);

        await using var next = await ConsoleAsync(cache, "there-2");
        await next.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal(RetentionState.Pending, (await next.KeptAsync()).State);
        await AfterAsync(cache, next, seconds: 120);

        Assert.Equal(
            (RetentionState.Retained, 250, cache.Time.GetUtcNow() + RetainedFlush.Window),
            (await next.KeptAsync()) is var kept ? (kept.State, kept.Keys, kept.EndsAt) : default);
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal("All 250 keys are back.", (await next.UndoAsync()).Sentence);
        Assert.Equal((250, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task HalfFinishedUndo_IsContinuedAutomatically()
    {
        await using var cache = await FarCache.StartAsync();
        await using var dead = await ConsoleAsync(cache, "here-1");
        await dead.ConfirmAsync(await dead.PlanAsync());
        var swap = await dead.KeptAsync();
        var run = await ClaimedAsync(dead, (await dead.Runner.PlanAsync(dead.Session, UndoFlush.ActionId, swap.Id.ToString())));
        Assert.True(await dead.Runner.Flushes.ClaimReturnAsync(swap.Id, run.Id));
        await cache.Server.CallAsync("EVAL", "redis.call('SELECT', 15) for i = 1, 100 do redis.call('MOVE', 'page:'..i, 0) end", "0");

        await using var next = await ConsoleAsync(cache, "there-2");
        await AfterAsync(cache, next, seconds: 16);
        var undone = await next.Runner.OverAsync();

        Assert.Equal((250, 0), await cache.KeysAsync());
        Assert.Equal(
            (AuditResult.Done, "All 150 keys that were left are back.", AuditEvent.Console),
            (undone.Result, undone.Sentence, undone.Operator));
        Assert.Empty(await next.Runner.Flushes.OpenAsync(Cancel));
    }

    [Fact]
    public async Task HalfFinishedPurge_IsContinuedOnceTheOtherConsoleIsSilent()
    {
        await using var cache = await FarCache.StartAsync();
        await using var dead = await ConsoleAsync(cache, "here-1");
        await dead.ConfirmAsync(await dead.PlanAsync());
        await using var next = await ConsoleAsync(cache, "there-2");
        await next.Runner.Sweep.SweepAsync(Cancel);
        cache.Time.Advance(RetainedFlush.Window);
        Assert.True(await dead.Runner.Flushes.ClaimPurgeAsync(await dead.KeptAsync()));

        cache.Time.Advance(TimeSpan.FromSeconds(29));
        await next.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((0, 250), await cache.KeysAsync());
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await next.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal("Undo was not used: 250 keys in database 15 are deleted.", Assert.Single(await PurgedAsync(next)));
    }

    /// <summary>What the other console deleted is in no count of this one.</summary>
    [Fact]
    public async Task HalfFinishedPurge_OfWhichAPartIsDeleted_SaysAtLeast()
    {
        await using var cache = await FarCache.StartAsync();
        await using var dead = await ConsoleAsync(cache, "here-1");
        await dead.ConfirmAsync(await dead.PlanAsync());
        await using var next = await ConsoleAsync(cache, "there-2");
        await next.Runner.Sweep.SweepAsync(Cancel);
        cache.Time.Advance(RetainedFlush.Window);
        Assert.True(await dead.Runner.Flushes.ClaimPurgeAsync(await dead.KeptAsync()));
        await cache.Server.CallAsync(
            "EVAL",
            "redis.call('SELECT', 15) local token = redis.call('GET', 'dashboard:flush') "
                + "redis.call('SET', 'dashboard:flush', (string.gsub(token, ' open ', ' purging '))) "
                + "for i = 1, 100 do redis.call('UNLINK', 'page:'..i) end", "0");

        cache.Time.Advance(RetainedFlushes.PurgeLease);
        await next.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal(
            "Undo was not used: at least 150 keys in database 15 are deleted; what another console deleted before is not counted.",
            Assert.Single(await PurgedAsync(next)));
    }

    [Fact]
    public async Task PurgeThatAnotherConsoleTookOver_IsLeftToIt()
    {
        await using var cache = await FarCache.StartAsync();
        await using var first = await ConsoleAsync(cache, "here-1");
        await using var second = await ConsoleAsync(cache, "there-2");
        await first.Runner.Sweep.SweepAsync(Cancel);
        await second.Runner.Sweep.SweepAsync(Cancel);
        await first.ConfirmAsync(await first.PlanAsync());
        cache.Time.Advance(RetainedFlush.Window);
        cache.BreakBefore(LuaScripts.Purge);
        await first.Runner.Sweep.SweepAsync(Cancel);
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        cache.BreakBefore(LuaScripts.Purge);
        await first.Runner.Sweep.SweepAsync(Cancel);

        cache.Time.Advance(RetainedFlushes.PurgeLease);
        var held = cache.Hold(LuaScripts.Purge);
        var sweeping = second.Runner.Sweep.SweepAsync(Cancel);
        await held.Reached.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        await first.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((0, 250), await cache.KeysAsync());
        held.Release();
        await sweeping;

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal(
            "Undo was not used: at least 250 keys in database 15 are deleted; what another console deleted before is not counted.",
            (await PurgedAsync(second))[^1]);
    }

    [Fact]
    public async Task NoConsoleRan_UndoIsOfferedForAnotherMinute()
    {
        await using var cache = await FarCache.StartAsync();
        await using (var gone = await ConsoleAsync(cache, "here-1"))
        {
            await gone.ConfirmAsync(await gone.PlanAsync());
        }

        cache.Time.Advance(TimeSpan.FromMinutes(9));
        await using var next = await ConsoleAsync(cache, "here-1", "keeper again");
        await next.Runner.Sweep.SweepAsync(Cancel);
        cache.Time.Advance(RetainedFlush.Window - TimeSpan.FromSeconds(1));
        await next.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((0, 250), await cache.KeysAsync());
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await next.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Single(await PurgedAsync(next));
    }

    [Fact]
    public async Task TwoConsoles_GiveItUpOnce_AndAuditItOnce()
    {
        await using var cache = await FarCache.StartAsync();
        await using var one = await ConsoleAsync(cache, "here-1");
        await using var two = await ConsoleAsync(cache, "there-2");
        await Task.WhenAll(one.Runner.Sweep.SweepAsync(Cancel), two.Runner.Sweep.SweepAsync(Cancel));
        await one.ConfirmAsync(await one.PlanAsync());
        cache.Time.Advance(RetainedFlush.Window);

        await Task.WhenAll(((OpenFlush[])[one, two]).Select(async console =>
        {
            for (var round = 0; round < 5; round++)
            {
                await console.Runner.Sweep.SweepAsync(Cancel);
            }
        }));
        await Eventually.Async(async () => await one.Runner.Flushes.OpenAsync(Cancel) is []);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Equal("Undo was not used: 250 keys in database 15 are deleted.", Assert.Single(await PurgedAsync(two)));
        Assert.Equal(0, await cache.CallsAsync("flushdb"));
    }

    [Fact]
    public async Task AnotherRunOnTheInstance_DelaysGivingUp()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await ConsoleAsync(cache, "here-1");
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await cache.Server.CallAsync("SET", "page:1", "newer", "EX", 5000);
        var run = await ClaimedAsync(flush, await flush.PlanAsync("keys.reclaim"));
        cache.Time.Advance(RetainedFlush.Window);
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((1, 250), await cache.KeysAsync());
        Assert.True(await flush.Runner.Runs.EndAsync(run.Id, ProbeAction.Well, Cancel));

        cache.Time.Advance(TimeSpan.FromSeconds(14));
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((1, 250), await cache.KeysAsync());
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((1, 0), await cache.KeysAsync());
    }

    /// <summary>
    /// What the previous process kept is lost with it, and searched for during some minutes; the next flush has to work all the same.
    /// </summary>
    [Fact]
    public async Task ServerRestarted_WithSomethingKept_TheNextFlushCanBeUndone()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await ConsoleAsync(cache, "here-1");
        await flush.ConfirmAsync(await flush.PlanAsync());
        await cache.Server.RestartAsync();
        await cache.FillAsync();
        cache.Time.Advance(2 * RetainedFlush.Window);
        await flush.Runner.Sweep.SweepAsync(Cancel);

        var flushed = await flush.ConfirmAsync(await flush.PlanAsync());

        Assert.Equal((AuditResult.Done, (0, 250)), (flushed.Result, await cache.KeysAsync()));
        Assert.Equal("All 250 keys are back.", (await flush.UndoAsync()).Sentence);
    }

    private Task<OpenFlush> ConsoleAsync(FarCache cache, string replica, string? name = null) =>
        cache.ConsoleAsync(new() { Folder = _folder.Path, Replica = replica }, name);

    /// <summary>Claims the instance for a run that does nothing.</summary>
    private static async Task<Run> ClaimedAsync(OpenFlush console, ActionPlan plan)
    {
        var run = Run.Of(plan, "keeper", console.Runner.Options.Keeping.GetUtcNow());
        Assert.Null(await console.Runner.Runs.ClaimAsync(run, Cancel));
        return run;
    }

    /// <summary>Gives up the run of the console that ended, and handles what it left.</summary>
    private static async Task AfterAsync(FarCache cache, OpenFlush next, double seconds)
    {
        cache.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(1, await next.Runner.Runs.SweepAsync(Cancel));
        await next.Runner.PollAsync();
        await next.Runner.Sweep.SweepAsync(Cancel);
    }

    private static async Task<IReadOnlyList<string?>> PurgedAsync(OpenFlush flush) =>
        [.. (await flush.Runner.Console.RowsAsync()).Where(row => row.Action == "cache.flush.purge" && row.Result != "started")
            .Select(row => row.Detail)];
}
