using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Info;
using Dashboard.Metrics;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Empties a database for good, where nothing can be kept for an Undo.</summary>
internal sealed class PlainFlush(TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>A million keys are freed in about two seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var before = await server.FactsAsync(cancel);
        var reply = await server.FlushAsync(plan.Guard, plan.PayloadAs<FlushPayload>().Policy, plan.Ceiling, cancel);
        return reply switch
        {
            { Fault: { Kind: FaultKind.Hung or FaultKind.Closed } fault } => await SeekAsync(plan, fault, server, cancel),
            { Fault: { } fault } => new(AuditResult.Failed, $"{FaultSentence.Of(fault)} Nothing was flushed."),
            { Value.Failed: { } failed } => FlushAbort.OfBreach(failed).Outcome,
            _ => await FreedAsync(reply.Value!.Value, before, server, progress, cancel),
        };
    }

    /// <summary>It is done; its memory comes back in the background.</summary>
    private async Task<ActionOutcome> FreedAsync(
        long keys, Snapshot? before, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var (began, after) = (time.GetTimestamp(), await server.FactsAsync(cancel));
        while (after?.Memory.LazyFreePending is > 0 and var pending && progress.Stop is null && time.GetElapsedTime(began) < Patience)
        {
            progress.Report(keys, keys, $"the keys are gone; the memory of {CountText.Text(pending)} more is being freed");
            await Task.Delay(Look, time, cancel);
            after = await server.FactsAsync(cancel);
        }

        progress.Report(keys, keys);
        var freed = before?.Memory.Used - after?.Memory.Used is > 0 and var bytes ? bytes : (long?)null;
        var memory = after?.Memory.LazyFreePending is > 0 ? ". Their memory is still being freed" : freed is { } known ? $", and "
            + $"{UnitFormat.Text(Unit.Bytes, known)} of memory with them" : "";
        return new(
            AuditResult.Done,
            $"{CountText.Keys(keys)} {(keys == 1 ? "is" : "are")} gone{memory}.")
        {
            Counts =
                CountText.Known(("flushed", keys), ("memory_freed", freed))
        };
    }

    /// <summary>The answer was lost: the number of keys now shows more, and the flush is never sent twice.</summary>
    private static async Task<ActionOutcome> SeekAsync(ActionPlan plan, Fault fault, IServerActor server, CancellationToken cancel)
    {
        var after = await server.FactsAsync(cancel);
        if (after is not { Keyspace.Known: true } || after.Server.RunId != plan.RunId)
        {
            return new(AuditResult.Unknown, FaultSentence.Of(fault));
        }

        var (keys, planned) = (after.Keyspace.In(plan.Instance.Address.Database), plan.Counts["keys"]);
        return keys < planned / 10
            ? new(
                AuditResult.Done,
                $"The server's answer was lost, but it was done: the database holds {CountText.Keys(keys)} now.")
            {
                Counts =
                    CountText.Known(("keys_after", keys))
            }
            : new(
                AuditResult.Unknown,
                $"The server's answer was lost. The database holds {CountText.Keys(keys)} now, and held {CountText.Text(planned)} before: "
                    + "look once more before you try again.")
            { Counts = CountText.Known(("keys_after", keys)) };
    }
}
