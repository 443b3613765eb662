using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush;

/// <summary>A person who may flush, at a console over one real server.</summary>
internal sealed class OpenFlush : IAsyncDisposable
{
    private OpenFlush(OpenRunner runner, string session) => (Runner, Session) = (runner, session);

    public OpenRunner Runner { get; }

    public string Session { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<OpenFlush> OverAsync(TestServer server, Purpose? purpose = null) =>
        OverAsync(new OpenRunner(server, purpose ?? Purpose.Cache));

    public static async Task<OpenFlush> OverAsync(OpenRunner runner, string name = "keeper") =>
        new(runner, await runner.SignInAsync(name, OperatorRole.Owner));

    /// <summary>Plans after a poll of the server.</summary>
    public async Task<ActionPlan> PlanAsync(string action = "cache.flush", string scope = "")
    {
        await Runner.PollAsync();
        return await Runner.PlanAsync(Session, action, scope);
    }

    /// <summary>Why there is no plan.</summary>
    /// <param name="look">False to use the last poll.</param>
    public async Task<string> RefusedAsync(string action = "cache.flush", string scope = "", bool look = true)
    {
        if (look)
        {
            await Runner.PollAsync();
        }

        return (await Runner.RefusedAsync(Session, action, scope)).Sentence;
    }

    /// <summary>Confirms the plan and waits for the end of its run.</summary>
    public async Task<Run> ConfirmAsync(ActionPlan plan)
    {
        var begun = Assert.IsType<RunResult.Begun>(await Runner.BeginAsync(Session, plan));
        return await OverAsync(begun.Run.Id);
    }

    public async Task<RetainedFlush> KeptAsync() => (await Runner.Flushes.OpenAsync(Cancel))[^1];

    /// <summary>Undoes the newest flush.</summary>
    public async Task<Run> UndoAsync()
    {
        await Runner.PollAsync();
        Assert.Null(await Runner.Undo.UndoAsync(Session, await KeptAsync(), Cancel));
        return await Runner.OverAsync();
    }

    public async Task<IReadOnlyList<string>> ActsAsync(AuditResult result = AuditResult.Done) =>
        [.. (await Runner.Console.RowsAsync()).Where(
            row => row.Action.StartsWith("cache.", StringComparison.Ordinal) && row.Result == AuditText.Of(result))
                .Select(row => row.Action).Distinct()];

    public ValueTask DisposeAsync() => Runner.DisposeAsync();

    public Task<Run> OverAsync(Guid id) => Runner.OverAsync(id);
}
