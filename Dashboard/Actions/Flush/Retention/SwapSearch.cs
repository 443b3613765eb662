using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Finds out whether a flush whose answer was lost was done. The spare database was empty, so what it holds now tells.</summary>
internal sealed class SwapSearch(SwapBook swaps, SwapClosing closing, SwapTries tries, ValkeyServers servers)
{
    /// <summary>A server that hung may do later what it was told; one that answers for so long has done it by then.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    public async Task SeekAsync(Swap swap, Instance instance, CancellationToken cancel)
    {
        await using var server = servers.Actor(instance, ActionTimeouts.Query);
        switch (await server.FactsAsync(cancel))
        {
            case null or { Keyspace.Known: false }:
                tries.Failed(swap.Id);
                break;
            case var facts when facts.Server.RunId != swap.RunId:
                await closing.OtherServerAsync(swap, cancel);
                break;
            case var facts when ShowsIt(facts, swap.Database, swap.Spare, swap.Keys):
                await swaps.KeepAsync(swap.Id, Math.Min(facts.Keyspace.In(swap.Spare), swap.Keys));
                tries.Forget(swap.Id);
                break;
            case var facts when tries.Failed(swap.Id) > Late:
                await closing.CloseAsync(swap, AuditResult.Unknown, facts.Keyspace.In(swap.Spare) is > 0 and var keys
                    ? $"Database {swap.Spare} holds {CountText.Keys(keys)}, too few to be what was flushed: they are left alone. The "
                        + $"flush was not done, as far as the server shows."
                    : "Nothing was put aside: the flush was not done.", cancel);
                break;
        }
    }

    /// <summary>Somebody else may have begun to use the spare database meanwhile: a handful of keys is not what was flushed.</summary>
    /// <param name="ceiling">Of the plan.</param>
    public static bool ShowsIt(Snapshot facts, int database, int spare, long ceiling) =>
        facts.Keyspace.In(spare) > FlushCache.PlannedOf(ceiling) / 10 && facts.Keyspace.In(database) <= ceiling;
}
