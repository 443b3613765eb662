using Dapper;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Planning;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.KeptFiles.Making;

/// <summary>Runs actions on the cache until its newest runs have each result, and leaves a flush there that can be undone.</summary>
internal sealed class RunSteps(Maker maker, MakerConsole console, MakerOwner owner)
{
    private const int Few = 400;
    private const int Many = 20_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        await OverAsync(await BeginAsync("cache", "cache.flush", Few));
        await UndoAsync("cache");
        await OverAsync(await BeginAsync("cache", "cache.flush-prefix", Few, "page:1"));
        await maker.Servers.FillAsync("cache", "page:", Many);
        await StopAsync();
        await AbandonAsync();
        await FailAsync();
        await RefuseAsync();
        await OverAsync(await BeginAsync("cache", "cache.flush", Many));
    }

    /// <summary>Plans and confirms, once the console has seen this many keys.</summary>
    /// <returns>The run.</returns>
    public async Task<Run> BeginAsync(string instance, string action, long keys, string scope = "") =>
        Assert.IsType<RunResult.Begun>(await ConfirmAsync(await PlanAsync(instance, action, keys, scope))).Run;

    public Task OverAsync(Run run) => Eventually.Async(() => Task.FromResult(
        console.Ask<bool>("SELECT ended_at IS NOT NULL FROM runs WHERE id = @id", new { id = run.Id.ToString() })));

    /// <summary>What the newest flush of the instance keeps.</summary>
    public async Task<RetainedFlush> KeptAsync(string instance) => (await console.Service<RetainedFlushes>().OpenAsync(Cancel))
        .Last(swap => swap.Instance == InstanceId.Of(instance) && swap.State == RetentionState.Retained);

    private async Task UndoAsync(string instance)
    {
        Assert.Null((await console.Service<FlushUndo>().UndoAsync(owner.Session, await KeptAsync(instance), Cancel))?.Sentence);
        await Eventually.Async(() => Task.FromResult(console.Ask<long>("SELECT count(*) FROM runs WHERE ended_at IS NULL") == 0));
    }

    private async Task StopAsync()
    {
        var run = await BeginAsync("cache", "keys.reclaim", Many);
        Assert.Null((await console.Service<ActionExecutor>().CancelAsync(owner.Session, run, Cancel))?.Sentence);
        await OverAsync(run);
    }

    /// <summary>
    /// A second console, whose clock is ahead, gives the run up. The first one continues, and records later how it ended.
    /// </summary>
    private async Task AbandonAsync()
    {
        var run = await BeginAsync("cache", "keys.reclaim", Many);
        await using (maker.Open(new ShiftedClock(maker.Clock.GetUtcNow().AddMinutes(3))))
        {
            await OverAsync(run);
        }

        await Eventually.Async(() => Task.FromResult(console.Ask<long>("SELECT count(*) FROM audit WHERE kind = 'late'") == 1));
        maker.Clock.Advance(TimeSpan.FromMinutes(4));
    }

    /// <summary>The server asks for a password that the console does not have.</summary>
    private async Task FailAsync()
    {
        var plan = await PlanAsync("cache", "keys.reclaim", Many);
        await maker.Servers["cache"].CallAsync("CONFIG", "SET", "requirepass", "another");
        await OverAsync(Assert.IsType<RunResult.Begun>(await ConfirmAsync(plan)).Run);
        await maker.Servers["cache"].CallAsync("CONFIG", "SET", "requirepass", "");
    }

    /// <summary>A trigger in the file drops the intent, so nothing is begun.</summary>
    private async Task RefuseAsync()
    {
        var plan = await PlanAsync("cache", "keys.reclaim", Many);
        Write("CREATE TRIGGER stray BEFORE INSERT ON audit WHEN NEW.kind = 'intent' BEGIN SELECT RAISE(IGNORE); END");
        Assert.IsType<RunResult.Refused>(await ConfirmAsync(plan));
        Write("DROP TRIGGER stray");
    }

    private async Task<ActionPlan> PlanAsync(string instance, string action, long keys, string scope = "")
    {
        await owner.ConfirmAsync();
        var id = InstanceId.Of(instance);
        await Eventually.Async(() => Task.FromResult(console.Service<Fleet>().Find(id)?.Facts?.Snapshot.Keyspace.In(0) >= keys));
        var result = await console.Service<ActionPlanner>().PlanAsync(owner.Session, action, id, scope, Cancel);
        return Assert.IsType<PlanResult.Planned>(result).Plan;
    }

    private Task<RunResult> ConfirmAsync(ActionPlan plan) =>
        console.Service<ActionExecutor>().ExecuteAsync(owner.Session, new PlanConfirmation(plan.Id, plan.Phrase, "release 42"), Cancel);

    private void Write(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(maker.Data, "console.db")};Pooling=false");
        connection.Execute(sql);
    }
}
