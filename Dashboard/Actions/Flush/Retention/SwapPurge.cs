using Dashboard.Actions.Scanning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Audit.Intents;
using Dashboard.Instances;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Gives up what nobody brought back: looked at, claimed, written down, done, written down again.</summary>
internal sealed class SwapPurge(
    SwapBook swaps, SwapClosing closing, SwapTries tries, AuditTrail audit, ValkeyServers servers, TimeProvider time)
{
    private static readonly TimeSpan IntentLease = TimeSpan.FromMinutes(1);

    /// <summary>Until it is tried again where the server refused.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>A console that was held up for so long after it claimed one leaves it alone: its lease may be another's by then.</summary>
    private static readonly TimeSpan Soon = SwapBook.PurgeLease / 2;

    /// <summary>Its time is over.</summary>
    public Task PurgeAsync(Swap swap, Instance instance, CancellationToken cancel) =>
        WhereFitAsync(swap, instance, () => swaps.ClaimPurgeAsync(swap), cancel);

    /// <summary>
    /// The console that gave it up ended in the middle, or the server's answer was lost. Asked twice, a server gives up nothing more.
    /// </summary>
    public Task AgainAsync(Swap swap, Instance instance, CancellationToken cancel) =>
        WhereFitAsync(swap, instance, () => swaps.ClaimPurgeAgainAsync(swap), cancel);

    private async Task WhereFitAsync(Swap swap, Instance instance, Func<Task<bool>> claim, CancellationToken cancel)
    {
        if (instance.Address.Database == swap.Spare)
        {
            await closing.OwnNowAsync(swap, cancel);
            return;
        }

        await using var server = servers.Actor(instance, ActionTimeouts.Query);
        var facts = await server.FactsAsync(cancel);
        if (facts is not null && (facts.Server.RunId != swap.RunId || facts.Replication.Role != "master"))
        {
            await closing.OtherServerAsync(swap, cancel);
        }
        else if (facts is null || (await server.ClientsAsync(cancel)).Value is not { } clients || clients.On(swap.Spare) > 0)
        {
            // It does not answer, or somebody sits there and looks.
            tries.Failed(swap.Id);
        }
        else if (time.GetTimestamp() is var claimed && await claim())
        {
            await PurgeAsync(swap, claimed, server, cancel);
        }
    }

    private async Task PurgeAsync(Swap swap, long claimed, IServerActor server, CancellationToken cancel)
    {
        if (await audit.IntendAsync(SwapClosing.Event(swap), IntentLease, cancel) is not IntentResult.Written { Intent: var intent }
            || time.GetElapsedTime(claimed) > Soon)
        {
            await swaps.PutBackAsync(swap, Wait);
            return;
        }

        var outcome = await OutcomeAsync(swap, server, cancel);
        // What was done must be known.
        await audit.ConcludeAsync(intent, outcome.Result, outcome.Sentence, outcome.Counts, CancellationToken.None);
        if (outcome.Result is AuditResult.Done or AuditResult.Refused)
        {
            await swaps.EndAsync(swap with { State = SwapState.Purging }, outcome.Sentence);
            tries.Forget(swap.Id);
        }
        else
        {
            tries.Failed(swap.Id);
            if (outcome.Result == AuditResult.Failed)
            {
                await swaps.PutBackAsync(swap, Wait);
            }
        }
    }

    /// <returns>Done, refused for good, failed, or unknown where the answer was lost: then the server may still do it, and it stays
    /// claimed.</returns>
    private static async Task<ActionOutcome> OutcomeAsync(Swap swap, IServerActor server, CancellationToken cancel)
    {
        var reply = await server.PurgeAsync(new(swap.RunId, swap.Database), swap.Spare, swap.Keys, cancel);
        return reply switch
        {
            { Fault: { Kind: FaultKind.Hung or FaultKind.Closed } fault } => await LeftAsync(swap, server, cancel) switch
            {
                null => new(AuditResult.Unknown, FaultSentence.Of(fault)),
                0 => new(AuditResult.Done, $"Nobody brought it back: database {swap.Spare} is empty. The server's answer was lost, so "
                    + $"how many keys were given up is not known."),
                { } left => new(AuditResult.Failed, $"The connection was lost before the server did it: {CountText.Keys(left)} are still "
                    + $"kept in database {swap.Spare}."),
            },
            { Fault: { } fault } => new(AuditResult.Failed, FaultSentence.Of(fault)),
            { Value.Failed: { Condition: "keys" } failed } => new(
                AuditResult.Refused, $"Database {swap.Spare} holds {failed.Found} keys now, more than the flush put there: they are left "
                    + $"alone. {SwapClosing.Left(swap)}"),
            { Value.Failed: { } failed } => new(AuditResult.Failed, ScanAbort.OfBreach(failed).Sentence),
            { Value.Value: > 0 and var keys } =>
                new(AuditResult.Done,
                    $"Nobody brought it back: {CountText.Keys(keys)} in database {swap.Spare} {(keys == 1 ? "is" : "are")} given up.")
                {
                    Counts = CountText.Known(("purged", keys)),
                },
            _ =>
                new(AuditResult.Done, $"Nobody brought it back, and database {swap.Spare} is empty: its keys were evicted, ran out of "
                    + $"their time, or were given up before."),
        };
    }

    /// <summary>After an answer that was lost; the connection went with it.</summary>
    /// <returns>Null when it cannot be told.</returns>
    private static async Task<long?> LeftAsync(Swap swap, IServerActor server, CancellationToken cancel) =>
        (await server.InfoAsync(cancel)).Fault is null
            && await server.CountAsync(new(swap.RunId, swap.Spare), cancel) is { Fault: null, Value: { Failed: null, Value: var keys } }
                ? keys
                : null;
}
