using Dashboard.Access;
using Dashboard.Audit;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Store;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>The only road to a write: judged, planned, guarded, written down, executed, written down again.</summary>
internal sealed partial class ActionRunner(
    IEnumerable<IAdminAction> actions, Fleet fleet, Authority authority, AuditTrail audit, RunBook runs, PlanShelf shelf, ValkeyServers servers, WatchSettings settings, TimeProvider time, ILogger<ActionRunner> log)
    : IHostedService, IDisposable
{
    /// <summary>For one question of an action, connecting included.</summary>
    private static readonly TimeSpan Question = TimeSpan.FromSeconds(5);

    /// <summary>An act whose console says nothing for so long has an unknown outcome.</summary>
    private static readonly TimeSpan IntentLease = TimeSpan.FromMinutes(1);

    /// <summary>The program ends: runs stop after the batch they are at.</summary>
    private readonly CancellationTokenSource _end = new();

    /// <summary>The program waits no longer.</summary>
    private readonly CancellationTokenSource _now = new();

    private readonly HashSet<Task> _running = [];
    private readonly Lock _gate = new();

    /// <summary>Whether the target is typed and a reason given.</summary>
    public bool IsFrictionFull => Friction.IsFull(settings.Environment, settings.Instances);

    /// <summary>Looks at the server and says what would happen.</summary>
    /// <param name="session">Who asks; judged here, a fresh password first where the permission destroys.</param>
    public async Task<(ActionPlan? Plan, Refusal? Refusal)> PlanAsync(string? session, string action, InstanceId instance, string scope, CancellationToken cancel)
    {
        var (wanted, target) = (Find(action), fleet.Find(instance) ?? throw new ArgumentException($"No instance is called '{instance}'.", nameof(instance)));
        var (person, refusal) = await JudgeAsync(session, wanted.Permission, instance, wanted.Id, cancel);
        if (person is null)
        {
            return (null, refusal);
        }

        if (ActionGuard.RefuseToPlan(wanted, target, fleet.States) is { } why)
        {
            // No page asks for what a purpose forbids: somebody tried without one.
            if (wanted.ForbiddenOn(target.Instance.Purpose) is not null)
            {
                await NoteRefusedAsync(new AuditEvent(action, person.Name, person.Address) { Instance = instance }, why, cancel);
            }

            return (null, Refusal.Unfit(why));
        }

        await using var server = servers.For(Duty.Act, target.Instance, Question);
        switch (await wanted.PlanAsync(new PlanQuestion(target, scope), server, cancel))
        {
            case PlanReply.Planned planned:
                shelf.Put(session!, planned.Plan);
                return (planned.Plan, null);
            case PlanReply.Refused refused:
                return (null, Refusal.Unfit(refused.Sentence));
            default:
                throw new InvalidOperationException("A reply is one of two.");
        }
    }

    /// <summary>Begins what was planned. It goes on after the caller has gone.</summary>
    public async Task<RunReply> ExecuteAsync(string? session, Confirmed confirmed, CancellationToken cancel)
    {
        if (session is null || shelf.Take(session, confirmed.Plan) is not { } plan)
        {
            return await RefuseUnplannedAsync(session, cancel);
        }

        var reply = await BeginAsync(session, plan, confirmed, cancel);
        if (reply is RunReply.Refused)
        {
            shelf.PutBack(session, plan);
        }

        return reply;
    }

    /// <summary>Asks a run to stop after the batch it is at. Whoever may begin it may stop it.</summary>
    public async Task<Refusal?> CancelAsync(string? session, Run run, CancellationToken cancel)
    {
        var (person, refusal) = await JudgeAsync(session, Find(run.Action).Permission, run.Instance, $"{run.Action}.stop", cancel);
        if (person is null)
        {
            return refusal;
        }

        var what = new AuditEvent($"{run.Action}.stop", person.Name, person.Address) { Instance = run.Instance, RunId = run.RunId, Database = run.Database };
        try
        {
            return await audit.WriteAsync<bool>(transaction => RunTable.Cancel(transaction, run.Id, person.Name) ? (true, what) : (false, null), cancel)
                ? null
                : Refusal.Unfit("It is over, or somebody stopped it already.");
        }
        catch (StoreException unusable)
        {
            return Refusal.NoRecords(unusable.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs stop after the batch they are at, and what came of them is written down while it can be.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await using var hurry = cancellationToken.Register(_now.Cancel);
        Task[] left;
        lock (_gate)
        {
            left = [.. _running];
        }

        await Task.WhenAll(left);
    }

    /// <remarks>Twice, too: the program knows it by two names.</remarks>
    public void Dispose()
    {
        _end.Dispose();
        _now.Dispose();
    }

    private IAdminAction Find(string action) => actions.FirstOrDefault(one => one.Id == action) ?? throw new ArgumentException($"There is no action '{action}'.", nameof(action));

    private async Task<(Session? Session, Refusal? Refusal)> JudgeAsync(string? session, Permission permission, InstanceId? instance, string act, CancellationToken cancel) =>
        await authority.JudgeAsync(session, permission, instance, act, cancel) switch
        {
            Judgement.Allowed allowed => (allowed.Session, null),
            Judgement.Refused refused => (null, refused.Why),
            _ => throw new InvalidOperationException("A judgement is one of two."),
        };

    private async Task<RunReply> BeginAsync(string session, ActionPlan plan, Confirmed confirmed, CancellationToken cancel)
    {
        var action = Find(plan.Action);
        var (person, refusal) = await JudgeAsync(session, action.Permission, plan.Instance.Id, action.Id, cancel);
        if (person is null)
        {
            return new RunReply.Refused(refusal!);
        }

        var what = new AuditEvent(plan.Action, person.Name, person.Address)
        {
            Instance = plan.Instance.Id,
            RunId = plan.RunId,
            Database = plan.Instance.Address.Database,
            Subject = plan.Scope.Length > 0 ? plan.Scope : null,
            Counts = plan.Counts,
            Reason = confirmed.Reason.Trim() is { Length: > 0 } reason ? reason : null,
        };
        var target = fleet.Find(plan.Instance.Id)!;
        if (ActionGuard.RefuseToExecute(action, plan, confirmed, target, fleet.States, IsFrictionFull, time.GetUtcNow()) is { } why)
        {
            return await RefuseAsync(what, why, cancel);
        }

        try
        {
            var run = new Run(Guid.CreateVersion7(), plan.Action, plan.Instance.Id, plan.RunId, plan.Instance.Address.Database, plan.Scope, person.Name, "", time.GetUtcNow()) { Total = plan.Counts.TryGetValue("keys", out var keys) ? keys : null };
            return await runs.ClaimAsync(run, cancel) is { } other
                ? await RefuseAsync(what, $"{other.Operator} is at it: {other.Action} on {other.Instance} runs since {other.BegunAt:HH:mm:ss} UTC. Wait until it is over, or stop it.", cancel)
                : await BeginAsync(action, plan, run, what);
        }
        catch (StoreException unusable)
        {
            return Unwritten(plan, unusable.Trouble);
        }
    }

    /// <remarks>The instance is taken by now: called off here, it would stay taken by nobody.</remarks>
    private async Task<RunReply> BeginAsync(IAdminAction action, ActionPlan plan, Run run, AuditEvent what)
    {
        switch (await audit.IntendAsync(what, IntentLease, CancellationToken.None))
        {
            case IntentReply.Written written:
                Go(() => RunAsync(action, plan, run, written.Intent));
                return new RunReply.Begun(run);
            case IntentReply.Refused refused:
                await runs.EndAsync(run.Id, new ActionOutcome(AuditResult.Refused, "It could not be written down, so nothing was done."), CancellationToken.None);
                return Unwritten(plan, refused.Trouble);
            default:
                throw new InvalidOperationException("A reply is one of two.");
        }
    }

    private static RunReply.Refused Unwritten(ActionPlan plan, StoreTrouble trouble) => new(Refusal.NoRecords(trouble.Why), ManualSteps.For(plan.Action, plan.Instance, trouble));

    private async Task<RunReply> RefuseAsync(AuditEvent what, string why, CancellationToken cancel)
    {
        await NoteRefusedAsync(what, why, cancel);
        return new RunReply.Refused(Refusal.Unfit(why));
    }

    private Task<StoreTrouble?> NoteRefusedAsync(AuditEvent what, string why, CancellationToken cancel) => audit.NoteAsync(what with { Result = AuditResult.Refused, Detail = why }, cancel);

    /// <summary>A second press of the button, or somebody who was shown no preview.</summary>
    private async Task<RunReply> RefuseUnplannedAsync(string? session, CancellationToken cancel)
    {
        const string Why = "That preview is not there any more: it was confirmed already, or is too old. Look at it again.";
        var (person, refusal) = await JudgeAsync(session, Permission.Watch, null, "action.begin", cancel);
        return person is null ? new RunReply.Refused(refusal!) : await RefuseAsync(new("action.begin", person.Name, person.Address), Why, cancel);
    }

    private void Go(Func<Task> run)
    {
        var task = Task.Run(run);
        lock (_gate)
        {
            _running.Add(task);
        }

        task.ContinueWith(
            over =>
            {
                lock (_gate)
                {
                    _running.Remove(over);
                }
            }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync(IAdminAction action, ActionPlan plan, Run run, AuditIntent intent)
    {
        var outcome = await OutcomeAsync(action, plan, run, intent);
        // Neither is called off: what was done must be known.
        if (await audit.ConcludeAsync(intent, outcome.Result, outcome.Sentence, outcome.Counts, CancellationToken.None) is { } trouble)
        {
            LogUnwritten(plan.Action, plan.Instance.Id, trouble.Why);
        }

        try
        {
            await runs.EndAsync(run.Id, outcome, CancellationToken.None);
        }
        catch (StoreException unusable)
        {
            LogUnwritten(plan.Action, plan.Instance.Id, unusable.Message);
        }
    }

    private async Task<ActionOutcome> OutcomeAsync(IAdminAction action, ActionPlan plan, Run run, AuditIntent intent)
    {
        try
        {
            await using var server = servers.For(Duty.Act, plan.Instance, Question);
            await using var progress = new RunProgress(run, runs, audit, intent, IntentLease, time, _end.Token);
            return (await server.InfoAsync(_now.Token)).Fault is { } fault
                ? new(AuditResult.Failed, $"{plan.Instance.Id} did not let the console in. {FaultSentence.BeforeAnything(fault)} Nothing was done.")
                : await action.ExecuteAsync(plan, server, progress, _now.Token);
        }
        catch (OperationCanceledException)
        {
            return new(AuditResult.Unknown, "The console ended in the middle of it. Look at the server before you try again.");
        }
        catch (Exception error)
        {
            LogThrew(error, plan.Action, plan.Instance.Id);
            return new(AuditResult.Unknown, "It failed in a way it should not. Look at the server before you try again; the log says more.");
        }
    }

    [LoggerMessage(600, LogLevel.Error, "{Action} on {Instance} failed in a way it should not")]
    private partial void LogThrew(Exception error, string action, InstanceId instance);

    [LoggerMessage(601, LogLevel.Error, "What came of {Action} on {Instance} could not be written: {Why}")]
    private partial void LogUnwritten(string action, InstanceId instance, string why);
}
