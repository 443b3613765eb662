using Dashboard.Actions.Execution;
using Dashboard.Actions.Scanning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Brings flushes to their end whose time is over, or whose run or console is gone: it reads the evidence and takes the step that
/// <see cref="RetentionDecision"/> names. What fails is tried again later and later, up to once a minute.
/// </summary>
internal sealed class RetentionKeeper(
    RetainedFlushes flushes, RunStore runs, ActionRunner runner, UndoFlush undo, RetentionCheck check, RetentionPurge purge,
    LateTokens late, AuditTrail audit, RetryBackoff backoff, MonitoringSettings settings, ValkeyServers servers)
{
    /// <summary>
    /// How long another server may answer there, or the instance be missing in the settings, before the flush is closed. Time in which no
    /// server answers does not count.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Forgets what it remembers of flushes that are closed.</summary>
    public void ForgetAllBut(IEnumerable<RetainedFlush> open)
    {
        var ids = open.Select(flush => flush.Id).ToHashSet();
        backoff.ForgetAllBut(ids);
        check.ForgetAllBut(ids);
        purge.ForgetAllBut(ids);
        late.ForgetAllBut(ids);
    }

    /// <summary>Whether this console purges it.</summary>
    public bool IsPurging(RetainedFlush flush) => purge.Holds(flush.Id);

    /// <summary>Takes the next step for a flush that is due or orphaned.</summary>
    public async Task HandleAsync(RetainedFlush flush, CancellationToken cancel)
    {
        if (!backoff.IsDue(flush.Id))
        {
            return;
        }

        var instance = settings.Instances.FirstOrDefault(instance => instance.Id == flush.Instance);
        if (instance is null)
        {
            // Another console that shares the store may still watch it.
            await WaitAsync(
                flush, $"{flush.Instance} is not watched any more. {RetentionEvents.Remedy(flush)}", closes: true, cancel);
        }
        else if (settings.Instances.FirstOrDefault(
            one => one.Address.Endpoint == instance.Address.Endpoint && one.Address.Database == flush.Spare) is { } owner)
        {
            await CloseAsync(
                flush, AuditResult.Refused,
                $"The settings name database {flush.Spare} as {owner.Id}'s own now: it is left alone.", cancel);
        }
        else
        {
            await using var server = servers.Actor(instance, ActionTimeouts.Query);
            await StepAsync(flush, instance, server, cancel);
        }
    }

    /// <summary>Reads the token of a retained flush, which keeps it from being evicted as unused.</summary>
    public async Task TouchAsync(RetainedFlush flush, CancellationToken cancel)
    {
        if (settings.Instances.FirstOrDefault(instance => instance.Id == flush.Instance) is { } instance)
        {
            await using var server = servers.Actor(instance, ActionTimeouts.Query);
            await EvidenceAsync(flush, server, cancel);
        }
    }

    private async Task StepAsync(RetainedFlush flush, Instance instance, IServerActor server, CancellationToken cancel)
    {
        var (evidence, tokens, refused) = await EvidenceAsync(flush, server, cancel);
        if (refused is not null)
        {
            backoff.Failed(flush.Id);
            await RetentionDelay.SayAsync(
                audit, flush, $"Whose keys database {flush.Spare} holds cannot be read, so they stay there. {FaultSentence.Of(refused)}",
                cancel);
            return;
        }

        if (tokens is not null)
        {
            backoff.Found(flush.Id);
        }

        switch (RetentionDecision.Of(flush.State, evidence, flush.BegunAt is not null, flush.ForeignKeys))
        {
            case RetentionStep.Wait:
                await WaitAsync(
                    flush,
                    $"Another server process, or this one as a replica, has answered on {flush.Instance} for "
                        + $"{Patience.TotalMinutes:0} min. "
                        + RetentionEvents.Remedy(flush),
                    evidence == RetentionEvidence.OtherServer, cancel);
                break;
            case RetentionStep.Withdraw:
                await WithdrawAsync(flush, server, cancel);
                break;
            case RetentionStep.CloseNotDone when late.MayArrive(flush.Id, tokens!.Time):
                // The step that writes the token may arrive yet, and would leave it there: the next round looks again.
                break;
            case RetentionStep.CloseNotDone:
                await CloseAsync(
                    flush, AuditResult.Failed, "The flush was not done: the exchange of databases was never sent.", cancel);
                break;
            case RetentionStep.Retain:
                // The time of the token stays: a later one could make another client's keys the flush's.
                await flushes.KeepAsync(flush.Id, Math.Min(tokens!.SpareKeys, flush.Keys));
                backoff.Forget(flush.Id);
                break;
            case RetentionStep.Restore:
                await RestoreAsync(flush, instance, cancel);
                break;
            case RetentionStep.Check:
                await check.RunAsync(flush, instance, server, cancel);
                break;
            case RetentionStep.Hold:
                break;
            case RetentionStep.Purge:
                await purge.RunAsync(flush, evidence == RetentionEvidence.Purging, server, cancel);
                break;
            case RetentionStep.CloseUnknown when await purge.TryConcludeAsync(flush, tokens):
                break;
            case RetentionStep.CloseUnknown:
                await CloseAsync(
                    flush, AuditResult.Unknown,
                    evidence == RetentionEvidence.NoToken ? RetentionEvents.TokenLost(flush) : RetentionEvents.TokenMisplaced(flush),
                    cancel);
                break;
        }
    }

    /// <returns>The tokens where they could be read, and the error where the server answered with one.</returns>
    private static async Task<(RetentionEvidence Evidence, FlushTokens? Tokens, Fault? Refused)> EvidenceAsync(
        RetainedFlush flush, IServerActor server, CancellationToken cancel)
    {
        if (await server.FactsAsync(cancel) is not { } facts)
        {
            return (RetentionEvidence.Unreachable, null, null);
        }

        if (facts.Server.RunId != flush.RunId || facts.Replication.Role != "master")
        {
            return (RetentionEvidence.OtherServer, null, null);
        }

        return await server.ReadFlushAsync(flush.Guard, flush.Spare, cancel) switch
        {
            { Value: { Failed: null, Value: { } tokens } } => (Of(flush, tokens), tokens, null),
            { Value.Failed: not null } => (RetentionEvidence.OtherServer, null, null),
            { Fault: { Reachable: true } fault } => (RetentionEvidence.Unreachable, null, fault),
            _ => (RetentionEvidence.Unreachable, null, null),
        };
    }

    private static RetentionEvidence Of(RetainedFlush flush, FlushTokens tokens) =>
        tokens.Own?.Flush == flush.Id ? RetentionEvidence.NotSwapped
        : tokens.Spare?.Flush != flush.Id ? RetentionEvidence.NoToken
        : tokens.Spare.State switch
        {
            FlushToken.Restoring => RetentionEvidence.Restoring,
            FlushToken.Purging => RetentionEvidence.Purging,
            _ => RetentionEvidence.Retained,
        };

    private async Task WithdrawAsync(RetainedFlush flush, IServerActor server, CancellationToken cancel)
    {
        if (await server.EndFlushAsync(flush.Guard, flush.Id, FlushToken.Open, cancel) is { Fault: null, Value.Failed: null })
        {
            await CloseAsync(
                flush, AuditResult.Failed,
                "The flush was not done: its token was still in the database, and is removed. A step that arrives later does nothing.",
                cancel);
        }
        else
        {
            backoff.Failed(flush.Id);
        }
    }

    private async Task RestoreAsync(RetainedFlush flush, Instance instance, CancellationToken cancel)
    {
        if (await runs.RunningAsync(flush.Instance, cancel) is not null)
        {
            return;
        }

        // If this run ends without reporting as well, the next one comes later.
        backoff.Failed(flush.Id);
        var plan = undo.PlanOf(flush, instance);
        await runner.BeginAsync(
            undo, plan,
            ActionEvents.Of(plan, AuditEvent.Console) with { Reason = "the console that brought it back ended in the middle" }, cancel);
    }

    private async Task WaitAsync(RetainedFlush flush, string sentence, bool closes, CancellationToken cancel)
    {
        if (!closes)
        {
            backoff.Failed(flush.Id);
        }
        else if (backoff.FailedElsewhere(flush.Id) >= Patience)
        {
            await CloseAsync(flush, AuditResult.Unknown, sentence, cancel);
        }
    }

    private async Task CloseAsync(RetainedFlush flush, AuditResult result, string sentence, CancellationToken cancel)
    {
        if (await flushes.EndAsync(flush, sentence))
        {
            backoff.Forget(flush.Id);
            await audit.NoteAsync(RetentionEvents.Purge(flush) with { Result = result, Detail = sentence }, cancel);
        }
    }
}
