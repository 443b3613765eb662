using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Valkey.Commands;

namespace Dashboard.Scenarios.Flush;

/// <summary>
/// A server runs a command and its answer is lost, or the command never arrives, or the server runs it later. Nothing is sent twice
/// blindly.
/// </summary>
[Trait("Needs", "Server")]
public sealed class LostReplyTests
{
    private const string AllBack = "All 250 keys are back.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Swap_AnswerLost_IsSeenToBeDone_AndCanBeUndone()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        cache.Network.LosesAnswerTo = LuaScripts.SwapOut;

        var flushed = await flush.ConfirmAsync(plan);

        Assert.Null(cache.Network.LosesAnswerTo);
        Assert.Equal((AuditResult.Done, 250), (flushed.Result, flushed.Counts["swapped"]));
        Assert.StartsWith(
            "The server's answer was lost, but it was done: 250 keys are moved to the spare database; database 0 is empty. "
                + "Undo brings them back until ", flushed.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, await cache.CallsAsync("swapdb"));
        Assert.Equal(AllBack, (await flush.UndoAsync()).Sentence);
        Assert.Equal((250, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task Swap_NeverArrived_IsProvenNotDone_AndTheNextFlushWorks()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        cache.BreakBefore(LuaScripts.SwapOut);

        var flushed = await flush.ConfirmAsync(plan);

        Assert.Equal(
            (AuditResult.Failed, "The connection was lost before the server did it. Nothing was flushed."),
            (flushed.Result, flushed.Sentence));
        Assert.Equal((250, 0), await cache.KeysAsync());
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));

        cache.Network.OnRequest = null;
        Assert.Equal(AuditResult.Done, (await flush.ConfirmAsync(await flush.PlanAsync())).Result);
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal(AllBack, (await flush.UndoAsync()).Sentence);
    }

    /// <summary>A network, a proxy or a hung host holds the step back until the flush is closed as not done.</summary>
    [Fact]
    public async Task Swap_ArrivesAfterTheFlushWasClosed_DoesNothing()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        var held = cache.Hold(LuaScripts.SwapOut);

        var confirming = flush.ConfirmAsync(plan);
        await cache.TimeOutAsync(held);
        var flushed = await confirming;
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        await cache.ArriveAsync(held);

        Assert.Equal(AuditResult.Failed, flushed.Result);
        Assert.Equal((250, 0), await cache.KeysAsync());
        Assert.Equal(0, await cache.CallsAsync("swapdb"));
    }

    [Fact]
    public async Task Swap_ServerHangs_AndDoesItLater_UndoIsOfferedThen()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        cache.HangAt(LuaScripts.SwapOut);

        var flushed = await cache.HungAsync(flush.ConfirmAsync(plan));

        Assert.Equal((AuditResult.Unknown, 0), (flushed.Result, flushed.Counts.Count));
        Assert.StartsWith("The server did not answer in time.", flushed.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("If it was done, Undo is offered here.", flushed.Sentence, StringComparison.Ordinal);
        await cache.HungAsync(flush.Runner.Sweep.SweepAsync(Cancel));
        Assert.Equal(RetentionState.Pending, (await flush.KeptAsync()).State);

        cache.Server.Continue();
        await Servers.Eventually.Async(() => cache.KeysAsync(), keys => keys == (0, 250));
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((RetentionState.Retained, 250, cache.Time.GetUtcNow() + RetainedFlush.Window), await KeptAsync(flush));
        Assert.Equal(AllBack, (await flush.UndoAsync()).Sentence);
        Assert.Equal((250, 0), await cache.KeysAsync());
        Assert.Equal(1, await cache.CallsAsync("swapdb"));
    }

    [Fact]
    public async Task PlainFlush_AnswerLost_IsSeenToBeDone_WithoutACount()
    {
        await using var cache = await FarCache.StartAsync("databases 1");
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        cache.Network.LosesAnswerTo = LuaScripts.Flush;

        var flushed = await flush.ConfirmAsync(plan);

        Assert.Equal(
            (AuditResult.Done, "The server's answer was lost, but it was done: the database holds 0 keys now."),
            (flushed.Result, flushed.Sentence));
        Assert.Equal([("keys_after", 0L)], flushed.Counts.Select(count => (count.Key, count.Value)));
        Assert.Equal(1, await cache.CallsAsync("flushdb"));
    }

    [Fact]
    public async Task PlainFlush_NeverArrived_IsUnknown_AndIsNotSentAgain()
    {
        await using var cache = await FarCache.StartAsync("databases 1");
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        cache.BreakBefore(LuaScripts.Flush);

        var flushed = await flush.ConfirmAsync(plan);

        Assert.Equal(
            (AuditResult.Unknown, "The server's answer was lost. The database holds 250 keys now, and held 250 before: look once more "
                + "before you try again."),
            (flushed.Result, flushed.Sentence));
        Assert.Equal(0, await cache.CallsAsync("flushdb"));
    }

    [Fact]
    public async Task PlainFlush_ServerHangs_IsUnknown_AndSentOnce()
    {
        await using var cache = await FarCache.StartAsync("databases 1");
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync();
        cache.HangAt(LuaScripts.Flush);

        var flushed = await cache.HungAsync(flush.ConfirmAsync(plan));

        Assert.Equal((AuditResult.Unknown, 0), (flushed.Result, flushed.Counts.Count));
        Assert.StartsWith(
            "The server did not answer in time. It is unknown whether it made the change", flushed.Sentence, StringComparison.Ordinal);
        cache.Server.Continue();
        await Servers.Eventually.Async(() => cache.KeysAsync(0), keys => keys.Own == 0);
        Assert.Equal(1, await cache.CallsAsync("flushdb"));
    }

    /// <summary>The server moved the page's keys, but how many is not known: no count may say that they were evicted.</summary>
    [Fact]
    public async Task UndoPage_AnswerLost_EveryKeyIsBack_AndTheCountSaysAtLeast()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await flush.ConfirmAsync(await flush.PlanAsync());
        cache.Network.LosesAnswerTo = LuaScripts.BringBack;

        var undone = await flush.UndoAsync();

        Assert.Equal((250, 0), await cache.KeysAsync());
        Assert.Equal((AuditResult.Done, false), (undone.Result, undone.Counts.ContainsKey("evicted")));
        Assert.InRange(undone.Counts["restored"], 1, 249);
        Assert.Equal(
            $"At least {undone.Counts["restored"]} keys of 250 are back: the answer to a part of them was lost, and they are not counted.",
            undone.Sentence);
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
    }

    [Fact]
    public async Task PrefixPage_AnswerLost_ItsKeysAreGone_AndTheCountSaysAtLeast()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var plan = await flush.PlanAsync("cache.flush-prefix", "page:");
        cache.Network.LosesAnswerTo = LuaScripts.Remove;

        var removed = await flush.ConfirmAsync(plan);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.InRange(removed.Counts["removed"], 1, 249);
        Assert.Equal(
            $"At least {removed.Counts["removed"]} keys that begin with “page:” are gone: the answer to a part of them was lost, and "
                + $"they are not counted.", removed.Sentence);
    }

    [Fact]
    public async Task Undo_ServerHangsInTheMiddle_IsUnknown_AndCanBeRepeated()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await flush.ConfirmAsync(await flush.PlanAsync());
        cache.HangAt(LuaScripts.BringBack, before: 1);

        var undone = await cache.HungAsync(flush.UndoAsync());

        Assert.Equal(AuditResult.Unknown, undone.Result);
        Assert.StartsWith("The server did not answer in time.", undone.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("The rest is still kept, and Undo is offered once more.", undone.Sentence, StringComparison.Ordinal);
        Assert.False(undone.Counts.ContainsKey("evicted"));
        cache.Server.Continue();
        cache.Network.OnRequest = null;
        var again = await flush.UndoAsync();

        Assert.Equal((AuditResult.Done, (250, 0)), (again.Result, await cache.KeysAsync()));
        Assert.DoesNotContain("evicted", again.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PurgePage_AnswerLost_IsContinued_AndItsCountSaysAtLeast()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await GiveUpAsync(flush);
        cache.Network.LosesAnswerTo = LuaScripts.Purge;

        await flush.Runner.Sweep.SweepAsync(Cancel);
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 0), await cache.KeysAsync());
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        var (result, detail, counts) = await PurgedAsync(flush);
        Assert.Equal("done", result);
        Assert.Matches("^Undo was not used: at least [0-9]+ keys in database 15 are deleted; the answer about a part of them was lost.$",
            detail);
        Assert.Matches("\"purged\": ?[0-9]+", counts);
    }

    [Fact]
    public async Task PurgePage_NeverArrived_IsTriedAgain_AndUndoIsRefused()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await GiveUpAsync(flush);
        cache.BreakBefore(LuaScripts.Purge);

        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal(RetentionState.Purging, (await flush.KeptAsync()).State);
        Assert.Equal((0, 250), await cache.KeysAsync());
        cache.Network.OnRequest = null;
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((0, 0), await cache.KeysAsync());
    }

    /// <summary>A page of the purge is held back until another console has closed the flush, and a later one is retained.</summary>
    [Fact]
    public async Task PurgePage_ArrivesDuringTheNextFlush_DeletesNothing()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await GiveUpAsync(flush);
        var held = cache.Hold(LuaScripts.Purge);
        var sweeping = flush.Runner.Sweep.SweepAsync(Cancel);
        await cache.TimeOutAsync(held);
        await sweeping;
        cache.Time.Advance(TimeSpan.FromSeconds(1));
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        await cache.FillAsync();
        await flush.ConfirmAsync(await flush.PlanAsync());

        await cache.ArriveAsync(held);

        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal(AllBack, (await flush.UndoAsync()).Sentence);
    }

    /// <summary>The answer to the last step is lost: all keys are back, and no row says that they were lost or are still kept.</summary>
    [Fact]
    public async Task EndOfUndo_AnswerLost_NothingFurtherIsMovedOrDeleted()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await flush.ConfirmAsync(await flush.PlanAsync());
        cache.Network.LosesAnswerTo = LuaScripts.EndFlush;

        await flush.UndoAsync();
        var again = await flush.UndoAsync();

        Assert.Equal((250, 0), await cache.KeysAsync());
        Assert.Equal(AuditResult.Unknown, again.Result);
        Assert.Contains("the flush had ended already and the answer was lost", again.Sentence, StringComparison.Ordinal);
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
    }

    /// <summary>An Undo that ended early leaves the token in its state; the next one goes on, and so does a purge.</summary>
    [Fact]
    public async Task Undo_EndedEarly_TheTokenStaysRestoring_AndTheFlushIsPurgedInTime()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        cache.HangAt(LuaScripts.BringBack, before: 1);
        await cache.HungAsync(flush.UndoAsync());
        cache.Server.Continue();
        cache.Network.OnRequest = null;

        cache.Time.Advance(TimeSpan.FromMinutes(15));
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal(0, (await cache.KeysAsync()).Spare);
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        Assert.Matches("^Undo ended early: [0-9]+ keys in database 15 are deleted.$", (await PurgedAsync(flush)).Detail);
    }

    [Fact]
    public async Task Token_Evicted_NothingIsMovedOrDeleted_AndTheAuditLogSaysSo()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await cache.Server.CallAsync("EVAL", "redis.call('SELECT', 15) redis.call('DEL', 'dashboard:flush')", "0");

        var undone = await flush.UndoAsync();

        Assert.Equal(AuditResult.Unknown, undone.Result);
        Assert.Contains("token is in neither database 0 nor database 15", undone.Sentence, StringComparison.Ordinal);
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        cache.Time.Advance(RetainedFlush.Window);
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((0, 250), await cache.KeysAsync());
    }

    private static async Task GiveUpAsync(OpenFlush flush)
    {
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.ConfirmAsync(await flush.PlanAsync());
        Assert.Null(await flush.Runner.Undo.GiveUpAsync(flush.Session, await flush.KeptAsync(), Cancel));
    }

    private static async Task<(RetentionState State, long Keys, DateTimeOffset Until)> KeptAsync(OpenFlush flush) =>
        await flush.KeptAsync() is var kept ? (kept.State, kept.Keys, kept.EndsAt) : default;

    private static async Task<(string Result, string? Detail, string? Counts)> PurgedAsync(OpenFlush flush) =>
        Assert.Single(
            await flush.Runner.Console.RowsAsync(),
            row => row.Action == "cache.flush.purge" && row.Result is not ("started" or "unknown")) is var row
                ? (row.Result, row.Detail, row.Counts)
                : default;
}
