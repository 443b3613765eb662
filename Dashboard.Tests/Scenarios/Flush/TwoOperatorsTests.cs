using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Servers;
using Dashboard.Valkey.Commands;

namespace Dashboard.Scenarios.Flush;

/// <summary>Two people, or two presses of one button, at the same moment: one flush, and its Undo stays.</summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class TwoOperatorsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothConfirm_OneRuns_TheOtherLearnsWhoseItIs()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var (session, first) = (await flush.Runner.SignInAsync("second", OperatorRole.FlushAdmin), await flush.PlanAsync());
        var second = await flush.Runner.PlanAsync(session, "cache.flush");
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        cache.Network.OnRequest = async text =>
        {
            if (text.Contains(LuaScripts.SwapOut, StringComparison.Ordinal))
            {
                reached.TrySetResult();
                await goOn.Task;
            }
        };

        var begun = Assert.IsType<RunResult.Begun>(await flush.Runner.BeginAsync(flush.Session, first));
        await reached.Task.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        var refused = Assert.IsType<RunResult.Refused>(await flush.Runner.BeginAsync(session, second));
        goOn.SetResult();
        var flushed = await flush.OverAsync(begun.Run.Id);

        Assert.Equal(
            $"keeper at here-1 started cache.flush on test at {begun.Run.BegunAt:HH:mm:ss} UTC, and it is still running. "
                + "Wait until it ends, or stop it.", refused.Why.Sentence);
        Assert.Equal((AuditResult.Done, (0, 250)), (flushed.Result, await cache.KeysAsync()));

        var late = Assert.IsType<RunResult.Begun>(await flush.Runner.BeginAsync(session, second));
        Assert.Equal(
            (AuditResult.Failed, "Another flush uses database 15 now, or the console is finding out whether it was done. Nothing was "
                + "flushed: open the preview again."),
            await flush.OverAsync(late.Run.Id) is var over ? (over.Result, over.Sentence) : default);
        Assert.Equal("All 250 keys are back.", (await flush.UndoAsync()).Sentence);
    }

    [Fact]
    public async Task BothConfirmAtOnce_OneIsDone_AndEveryKeyCanBeBroughtBack()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        var (session, first) = (await flush.Runner.SignInAsync("second", OperatorRole.FlushAdmin), await flush.PlanAsync());
        var second = await flush.Runner.PlanAsync(session, "cache.flush");

        var results =
            await Task.WhenAll(
                flush.Runner.BeginAsync(flush.Session, first), flush.Runner.BeginAsync(session, second),
                flush.Runner.BeginAsync(session, second));
        var runs = await Task.WhenAll(results.OfType<RunResult.Begun>().Select(begun => flush.OverAsync(begun.Run.Id)));

        Assert.Single(runs, run => run.Result == AuditResult.Done);
        Assert.All(runs.Where(run => run.Result != AuditResult.Done), run => Assert.Equal(AuditResult.Failed, run.Result));
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal("All 250 keys are back.", (await flush.UndoAsync()).Sentence);
    }
}
