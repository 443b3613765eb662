using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>
/// Empties a database by exchanging it with an empty one, which retains its content for Undo. A token on the server goes with the content:
/// the exchange requires it, so once it is removed from its first place, an exchange that arrives late does nothing.
/// </summary>
internal sealed class SoftFlush(RetainedFlushes flushes, TimeProvider time)
{
    /// <summary>A step that reaches the server later than this, by the server's clock, is refused there.</summary>
    public const long MaxDelayMicroseconds = 10_000_000;

    /// <param name="isChecked">Whether the names of all keys were checked.</param>
    public async Task<ActionOutcome> ExecuteAsync(
        ActionPlan plan, int spare, bool isChecked, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var clients = await server.ClientsAsync(cancel);
        if (clients.Fault is { } fault)
        {
            return new(AuditResult.Failed, $"{FaultSentence.BeforeAnything(fault)} Nothing was flushed.");
        }

        if (clients.Value!.On(spare) is > 0 and var count)
        {
            return new(
                AuditResult.Failed,
                $"{count} {(count == 1 ? "client uses" : "clients use")} database {spare} now and would see the keys there. "
                    + "Nothing was flushed: open the preview again.");
        }

        try
        {
            return await flushes.BeginAsync(progress.Run, spare, plan.Ceiling, isChecked, cancel)
                ? await BeginAsync(plan, spare, server, progress.Run, cancel)
                : new(
                    AuditResult.Failed,
                    $"Another flush uses database {spare} now, or the console is finding out whether it was done. Nothing was flushed: "
                        + "open the preview again.");
        }
        catch (StoreException unusable)
        {
            return new(
                AuditResult.Failed, $"What Undo needs could not be recorded, so nothing was flushed. {unusable.Message}");
        }
    }

    private async Task<ActionOutcome> BeginAsync(ActionPlan plan, int spare, IServerActor server, Run run, CancellationToken cancel)
    {
        var (policy, guard) = (plan.PayloadAs<FlushPayload>().Policy, plan.Guard);
        var read = await server.ReadFlushAsync(guard, spare, cancel);
        if (Objection(read, spare) is { } objection)
        {
            return await NothingAsync(run, objection);
        }

        var notAfter = read.Value!.Value!.Time + MaxDelayMicroseconds;
        var begun = await server.BeginFlushAsync(guard, policy, plan.Ceiling, spare, run.Id, notAfter, cancel);
        if (Objection(begun, spare) is { } refused)
        {
            // Nothing was exchanged: that is sent only after an answer to this. A token that was written all the same is removed.
            return await WithdrawAsync(plan, refused, server, run, cancel, mayArrive: begun.Fault is not null);
        }

        notAfter = begun.Value!.Value!.Time + MaxDelayMicroseconds;
        if (!await flushes.SetBegunAsync(run.Id, begun.Value.Value.Time, cancel))
        {
            return await WithdrawAsync(
                plan, new(AuditResult.Failed, "Another console closed this flush before it began. Nothing was flushed."), server, run,
                cancel);
        }

        return await server.SwapOutAsync(guard, policy, plan.Ceiling, spare, run.Id, notAfter, cancel) switch
        {
            { Fault: { } fault } => await ProveAsync(plan, spare, fault, server, run, cancel),
            { Value: { Failed: null, Value: { } step } } => await DoneAsync(run, step, ""),
            var reply => await WithdrawAsync(plan, Objection(reply, spare)!, server, run, cancel),
        };
    }

    private async Task<ActionOutcome> DoneAsync(Run run, FlushStep step, string before)
    {
        var keys = step.Keys;
        var done = new ActionOutcome(AuditResult.Done,
            $"{before}{CountText.Keys(keys)} {(keys == 1 ? "is" : "are")} moved to the spare database; "
            + $"database {run.Database} is empty.")
        { Counts = new Dictionary<string, long> { ["swapped"] = keys } };
        try
        {
            return await flushes.KeepAsync(run.Id, keys, step.Time)
                ? done with
                {
                    Sentence = $"{done.Sentence} Undo brings them back until {time.GetUtcNow() + RetainedFlush.Window:HH:mm:ss} UTC; "
                        + "then their memory is freed.",
                }
                : done with { Sentence = $"{done.Sentence} Another console took this flush over: its audit rows say what became of it." };
        }
        catch (StoreException unusable)
        {
            // The row says that it was begun: the next sweep finds the keys by the token.
            return done with { Sentence = $"{done.Sentence} Undo is offered once this is fixed: {unusable.Message}" };
        }
    }

    /// <summary>
    /// The answer was lost. The place of the token proves what happened, and removing it from its first place settles it.
    /// </summary>
    private async Task<ActionOutcome> ProveAsync(
        ActionPlan plan, int spare, Fault fault, IServerActor server, Run run, CancellationToken cancel)
    {
        if ((await server.InfoAsync(cancel)).Fault is null)
        {
            if (await server.EndFlushAsync(FenceOf(plan), run.Id, FlushToken.Open, cancel) is { Fault: null, Value.Failed: null })
            {
                return await NothingAsync(run,
                    new(AuditResult.Failed, $"{NotDone(fault)} Nothing was flushed."));
            }

            if (await server.ReadFlushAsync(FenceOf(plan), spare, cancel) is { Value: { Failed: null, Value: { } tokens } }
                && tokens.Spare?.Flush == run.Id)
            {
                return await DoneAsync(run, new(tokens.SpareKeys, tokens.Time), "The server's answer was lost, but it was done: ");
            }
        }

        return new(AuditResult.Unknown, $"{FaultSentence.Of(fault)} The console finds out as soon as the server answers. If it was done, "
            + "Undo is offered here.");
    }

    /// <summary>
    /// Nothing was exchanged. The token is removed; where the server does not answer to that, or may yet write it, the sweep does it.
    /// </summary>
    /// <param name="mayArrive">Whether the step that writes the token got no answer: it may arrive after this.</param>
    private async Task<ActionOutcome> WithdrawAsync(
        ActionPlan plan, ActionOutcome refused, IServerActor server, Run run, CancellationToken cancel, bool mayArrive = false)
    {
        // A lost answer ended the connection, and steps never connect on their own.
        await server.InfoAsync(cancel);
        return await server.EndFlushAsync(FenceOf(plan), run.Id, FlushToken.Open, cancel) switch
        {
            { Fault: null, Value.Failed: null } => await NothingAsync(run, refused),
            { Fault: null, Value.Failed.Condition: "token" } when !mayArrive => await NothingAsync(run, refused),
            _ => refused,
        };
    }

    private static string NotDone(Fault fault) => fault.Kind is FaultKind.Hung or FaultKind.Closed
        ? "The connection was lost before the server did it."
        : FaultSentence.Of(fault);

    /// <summary>The token decides here. The replication id may have changed since, as the first replica attached.</summary>
    private static ServerPrecondition FenceOf(ActionPlan plan) => plan.Guard with { ReplicationId = null };

    private async Task<ActionOutcome> NothingAsync(Run run, ActionOutcome outcome)
    {
        await flushes.CallOffAsync(run.Id, outcome.Sentence);
        return outcome;
    }

    /// <summary>Why the server did not do a step; null when it did.</summary>
    private static ActionOutcome? Objection<T>(Reply<PreconditionResult<T>> reply, int spare) => reply switch
    {
        { Fault: { } fault } => new(AuditResult.Failed, $"{FaultSentence.BeforeAnything(fault)} Nothing was flushed."),
        { Value.Failed: { } failed } => FlushAbort.OfBreach(failed, spare).Outcome,
        _ => null,
    };
}
