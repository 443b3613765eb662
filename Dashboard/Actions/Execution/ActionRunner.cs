using Dashboard.Access;
using Dashboard.Audit;
using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Events;
using Dashboard.Audit.Intents;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Storage;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Execution;

/// <summary>
/// Executes plans. This is the only way to a write: the intent is recorded, the plan executed, the outcome recorded. Permission and guard
/// are checked before.
/// </summary>
internal sealed partial class ActionRunner(
    RunStore runs, AuditTrail audit, RepeatedRefusals refusals, ValkeyServers servers, PollRequests requests, TimeProvider time,
    ILogger<ActionRunner> log) : IHostedLifecycleService, IDisposable
{
    /// <summary>An intent that its console does not renew for this long has an unknown outcome.</summary>
    private static readonly TimeSpan IntentLease = TimeSpan.FromMinutes(1);

    /// <summary>Cancelled when the program ends: runs stop after their current batch.</summary>
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the program waits no longer.</summary>
    private readonly CancellationTokenSource _stopNow = new();

    private readonly HashSet<Task> _running = [];
    private readonly Lock _gate = new();

    /// <summary>Begins a plan that passed the guard. The run continues after the caller has left.</summary>
    /// <param name="what">Who does what, for the audit log.</param>
    /// <returns>Refused while another run is active on the instance, and where the intent cannot be recorded.</returns>
    public async Task<RunResult> BeginAsync(IAdminAction action, ActionPlan plan, AuditEvent what, CancellationToken cancel)
    {
        try
        {
            if (_stopping.IsCancellationRequested)
            {
                return await RefuseAsync(what, "This console is stopping. Open the preview again on the page that follows.", cancel);
            }

            var run = Run.Of(plan, what.Actor, time.GetUtcNow());
            if (await runs.ClaimAsync(run, cancel) is { } other)
            {
                var why = $"{other.Operator} started {other.Action} on {other.Instance} at {other.BegunAt:HH:mm:ss} UTC, and it is still "
                    + "running. Wait until it ends, or stop it.";
                return await RefuseAsync(what, why, cancel);
            }

            return await BeginAsync(action, plan, run, what);
        }
        catch (StoreException unusable)
        {
            return Unwritten(plan, unusable.Failure);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops runs after their current batch. The web server waits for open connections only after that.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    /// <summary>Waits for the runs that are stopping; their outcomes are recorded while that is possible.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await using var registration = cancellationToken.Register(_stopNow.Cancel);
        Task[] remaining;
        lock (_gate)
        {
            remaining = [.. _running];
        }

        await Task.WhenAll(remaining);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <remarks>Called twice: the container knows the runner as itself and as a hosted service.</remarks>
    public void Dispose()
    {
        _stopping.Dispose();
        _stopNow.Dispose();
    }

    /// <remarks>Never cancelled: the instance is claimed already, and would stay claimed although nothing runs.</remarks>
    private async Task<RunResult> BeginAsync(IAdminAction action, ActionPlan plan, Run run, AuditEvent what)
    {
        switch (await audit.IntendAsync(what, IntentLease, CancellationToken.None))
        {
            case IntentResult.Written written:
                RunInBackground(() => RunAsync(action, plan, run, written.Intent));
                return new RunResult.Begun(run);
            case IntentResult.Refused refused:
                await runs.EndAsync(
                    run.Id, new ActionOutcome(AuditResult.Refused, "The run could not be recorded in the audit log, so nothing was done."),
                    CancellationToken.None);
                return Unwritten(plan, refused.Failure);
            default:
                throw new InvalidOperationException("The reply has an unknown type.");
        }
    }

    private async Task<RunResult> RefuseAsync(AuditEvent what, string why, CancellationToken cancel)
    {
        await refusals.NoteAsync(what with { Result = AuditResult.Refused, Detail = why }, cancel);
        return new RunResult.Refused(Refusal.Invalid(why));
    }

    private static RunResult.Refused Unwritten(ActionPlan plan, StoreFailure failure) =>
        new(Refusal.AuditUnavailable(failure.Why), ManualSteps.For(plan.Action, plan.Instance, failure));

    private void RunInBackground(Func<Task> run)
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
        // Neither is cancelled: what was done must be recorded.
        if (await audit.ConcludeAsync(intent, outcome.Result, outcome.Sentence, outcome.Counts, CancellationToken.None) is { } failure)
        {
            LogUnwritten(plan.Action, plan.Instance.Id, failure.Why);
        }

        try
        {
            await runs.EndAsync(run.Id, outcome, CancellationToken.None);
        }
        catch (StoreException unusable)
        {
            LogUnwritten(plan.Action, plan.Instance.Id, unusable.Message);
        }

        // Whatever the outcome, people look at the server now.
        requests.Of(plan.Instance.Id).Ask();
    }

    private async Task<ActionOutcome> OutcomeAsync(IAdminAction action, ActionPlan plan, Run run, AuditIntent intent)
    {
        try
        {
            await using var server = servers.Actor(plan.Instance, ActionTimeouts.Query);
            await using var progress = new RunProgress(run, runs, audit, intent, IntentLease, time, _stopping.Token);
            return (await server.InfoAsync(_stopNow.Token)).Fault is { } fault
                ? new(
                    AuditResult.Failed,
                    $"{plan.Instance.Id} did not accept the console's connection. {FaultSentence.BeforeAnything(fault)} Nothing was done.")
                : await action.ExecuteAsync(plan, server, progress, _stopNow.Token);
        }
        catch (OperationCanceledException)
        {
            return new(AuditResult.Unknown, "The console stopped during the run. Check the server before you try again.");
        }
        catch (Exception error)
        {
            LogThrew(error, plan.Action, plan.Instance.Id);
            return new(
                AuditResult.Unknown, "Unexpected error. Check the server before you try again; the log has the details.");
        }
    }

    [LoggerMessage(600, LogLevel.Error, "{Action} on {Instance} failed unexpectedly")]
    private partial void LogThrew(Exception error, string action, InstanceId instance);

    [LoggerMessage(601, LogLevel.Error, "The outcome of {Action} on {Instance} could not be written: {Why}")]
    private partial void LogUnwritten(string action, InstanceId instance, string why);
}
