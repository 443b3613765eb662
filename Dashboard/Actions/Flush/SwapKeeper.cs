using Dashboard.Audit;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Gives up what a flush keeps, or finds out what became of it. One instance that hangs must not hold up the others' for longer than a question.</summary>
internal sealed class SwapKeeper(SwapBook swaps, RunBook runs, ActionRunner runner, UndoFlush undo, AuditTrail audit, ValkeyServers servers, WatchSettings settings, TimeProvider time)
{
    private const string PurgeId = "cache.flush.purge";

    /// <summary>Until it is tried again where the server cannot be asked.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>So long another server may answer there, or none, before what this one kept counts as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A run or a console ended in the middle.</summary>
    public Task AdoptAsync(Swap swap, CancellationToken cancel) => swap.State switch
    {
        SwapState.Begun => SeekAsync(swap, cancel),
        SwapState.Returning => ResumeAsync(swap, cancel),
        SwapState.Purging => swaps.PutBackAsync(swap.Id, TimeSpan.Zero),
        _ => Task.CompletedTask,
    };

    /// <summary>Its time is over.</summary>
    public async Task PurgeAsync(Swap swap, CancellationToken cancel)
    {
        if (Find(swap) is not { } instance)
        {
            await EndAsync(swap, AuditResult.Unknown, $"{swap.Instance} is not watched any more. {Left(swap)}", null, cancel);
        }
        else if (await swaps.ClaimPurgeAsync(swap))
        {
            await PurgeAsync(swap, instance, cancel);
        }
    }

    private async Task PurgeAsync(Swap swap, Instance instance, CancellationToken cancel)
    {
        await using var server = servers.For(Duty.Act, instance, ActionRunner.Question);
        var fault = (await server.InfoAsync(cancel)).Fault;
        var reply = fault is null ? await server.PurgeAsync(new(swap.RunId, swap.Database), swap.Spare, swap.Keys, cancel) : fault;
        switch (reply)
        {
            case { Fault: null, Value: { Breach: null, Value: > 0 and var keys } }:
                await EndAsync(swap, AuditResult.Done, $"Nobody brought it back: {Counts.Keys(keys)} in database {swap.Spare} {(keys == 1 ? "is" : "are")} given up.", keys, cancel);
                break;
            case { Fault: null, Value.Breach: null }:
                await EndAsync(swap, AuditResult.Done, $"Nobody brought it back, and database {swap.Spare} is empty: its keys were evicted, ran out of their time, or were given up before.", null, cancel);
                break;
            case { Fault.Kind: FaultKind.Hung or FaultKind.Closed } when fault is null && await IsGoneAsync(swap, server, cancel):
                await EndAsync(swap, AuditResult.Done, $"Nobody brought it back: database {swap.Spare} is empty. The server's answer was lost, so how many keys were given up is not known.", null, cancel);
                break;
            case { Fault: null, Value.Breach: { Condition: "keys" } breach }:
                await EndAsync(swap, AuditResult.Refused, $"Database {swap.Spare} holds {breach.Found} keys now, more than the flush put there: they are left alone. {Left(swap)}", null, cancel);
                break;
            case var _ when time.GetUtcNow() - swap.SwappedAt > Patience:
                await EndAsync(swap, AuditResult.Unknown, $"Another server answers there since, or none. {Left(swap)}", null, cancel);
                break;
            default:
                await swaps.PutBackAsync(swap.Id, Wait);
                break;
        }
    }

    /// <summary>After an answer that was lost. The connection went with it.</summary>
    private static async Task<bool> IsGoneAsync(Swap swap, IValkeyServer server, CancellationToken cancel) =>
        (await server.InfoAsync(cancel)).Fault is null && (await server.CountAsync(new(swap.RunId, swap.Spare), cancel)).Value is { Breach: null, Value: 0 };

    /// <summary>Whether it was put aside at all: the spare database was empty, so keys in it show that it was.</summary>
    private async Task SeekAsync(Swap swap, CancellationToken cancel)
    {
        if (Find(swap) is { } instance)
        {
            await using var server = servers.For(Duty.Act, instance, ActionRunner.Question);
            var facts = await server.FactsAsync(cancel);
            if (facts is { Keyspace.Known: true } && facts.Server.RunId == swap.RunId && facts.Keyspace.In(swap.Spare) is > 0 and var keys)
            {
                await swaps.KeepAsync(swap.Id, Math.Min(keys, swap.Keys));
                return;
            }
        }

        // A server that hangs may do later what it was told.
        if (time.GetUtcNow() - swap.SwappedAt > Patience)
        {
            await swaps.EndAsync(swap.Id, "Nothing was put aside, as far as the server shows.");
        }
    }

    private async Task ResumeAsync(Swap swap, CancellationToken cancel)
    {
        if (Find(swap) is { } instance && await runs.RunningAsync(swap.Instance, cancel) is null)
        {
            var plan = undo.PlanOf(swap, instance);
            await runner.BeginAsync(undo, plan, AuditEvents.Of(plan, AuditEvent.Console) with { Reason = "the console that brought it back ended in the middle" }, cancel);
        }
    }

    private async Task EndAsync(Swap swap, AuditResult result, string sentence, long? keys, CancellationToken cancel)
    {
        if (await swaps.EndAsync(swap.Id, sentence))
        {
            await audit.NoteAsync(
                new(PurgeId, AuditEvent.Console) { Instance = swap.Instance, RunId = swap.RunId, Database = swap.Spare, Subject = swap.Id.ToString(), Counts = Counts.Known(("purged", keys)), Result = result, Detail = sentence },
                cancel);
        }
    }

    private Instance? Find(Swap swap) => settings.Instances.FirstOrDefault(instance => instance.Id == swap.Instance);

    private static string Left(Swap swap) => $"What the server process {swap.RunId} keeps in database {swap.Spare} is nobody's now. Copy, once INFO shows that run_id: valkey-cli -n {swap.Spare} FLUSHDB ASYNC.";
}
