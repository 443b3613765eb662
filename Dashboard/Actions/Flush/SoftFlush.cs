using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Empties a database by exchanging it with an empty one, which keeps what was in it until Undo is over.</summary>
internal sealed class SoftFlush(SwapBook swaps, TimeProvider time)
{
    public async Task<ActionOutcome> ExecuteAsync(
        ActionPlan plan, int spare, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var seats = await server.ClientsAsync(cancel);
        if (seats.Fault is { } fault)
        {
            return new(AuditResult.Failed, $"{FaultSentence.BeforeAnything(fault)} Nothing was flushed.");
        }

        if (seats.Value!.On(spare) is > 0 and var clients)
        {
            return new(
                AuditResult.Failed,
                $"{clients} {(clients == 1 ? "client sits" : "clients sit")} on database {spare} now and would see the keys there. "
                    + $"Nothing was flushed: look at the preview again.");
        }

        try
        {
            return await swaps.BeginAsync(progress.Run, spare, plan.Ceiling, cancel)
                ? await SwapAsync(plan, spare, server, progress.Run, cancel)
                : new(
                    AuditResult.Failed,
                    $"Another flush keeps its keys in database {spare} now. Nothing was flushed: look at the preview again.");
        }
        catch (StoreException unusable)
        {
            return new(
                AuditResult.Failed, $"What has to be known for Undo could not be written down, so nothing was flushed. {unusable.Message}");
        }
    }

    private async Task<ActionOutcome> SwapAsync(ActionPlan plan, int spare, IServerActor server, Run run, CancellationToken cancel)
    {
        var reply = await server.SwapOutAsync(plan.Guard, plan.PayloadAs<FlushPayload>().Policy, plan.Ceiling, spare, cancel);
        return reply switch
        {
            { Fault: { Kind: FaultKind.Hung or FaultKind.Closed } fault } => await SeekAsync(plan, spare, fault, server, run, cancel),
            { Fault: { } fault } => await NothingAsync(run, new(AuditResult.Failed, $"{FaultSentence.Of(fault)} Nothing was flushed.")),
            { Value.Failed: { } failed } => await NothingAsync(run, FlushAbort.OfBreach(failed).Outcome),
            _ => await DoneAsync(run, reply.Value!.Value, ""),
        };
    }

    private async Task<ActionOutcome> DoneAsync(Run run, long keys, string before)
    {
        var done = new ActionOutcome(AuditResult.Done, $"{before}{CountText.Keys(keys)} {(keys == 1 ? "is" : "are")} out of the way; "
            + $"database {run.Database} began anew.")
        { Counts = new Dictionary<string, long> { ["swapped"] = keys } };
        try
        {
            await swaps.KeepAsync(run.Id, keys);
            return done with
            {
                Sentence = $"{done.Sentence} Undo brings them back until {time.GetUtcNow() + Swap.Window:HH:mm:ss} UTC; "
                + $"then their memory is freed."
            };
        }
        catch (StoreException unusable)
        {
            // The row says that it was begun: whoever looks at it next finds the keys.
            return done with { Sentence = $"{done.Sentence} Undo is offered once this is fixed: {unusable.Message}" };
        }
    }

    private async Task<ActionOutcome> NothingAsync(Run run, ActionOutcome outcome)
    {
        await swaps.CallOffAsync(run.Id, outcome.Sentence);
        return outcome;
    }

    /// <summary>
    /// The answer was lost. The other database was empty: keys in it show that it was done. None in it shows little, a server that hangs
    /// may do it later: the row stays as it is, and is looked at again.
    /// </summary>
    private async Task<ActionOutcome> SeekAsync(
        ActionPlan plan, int spare, Fault fault, IServerActor server, Run run, CancellationToken cancel) =>
        await server.FactsAsync(cancel) is { } now && now.Server.RunId == plan.RunId
            && SwapSearch.ShowsIt(now, run.Database, spare, plan.Ceiling)
            ? await DoneAsync(run, now.Keyspace.In(spare), "The server's answer was lost, but it was done: ")
            : new(AuditResult.Unknown, $"{FaultSentence.Of(fault)} Should it be done after all, Undo is offered here.");
}
