using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>Runs in the store: at most one at a time holds the slot of an instance, over all consoles that share the file.</summary>
internal sealed class RunStore(IConsoleStore store, ReplicaId replica, IEnumerable<IActionAftermath> aftermaths, TimeProvider time)
{
    /// <summary>How long a run's console is believed to be working on it after its last report.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>The maximum number of runs kept of one instance. The audit log keeps all of them.</summary>
    public const int MaxRunsPerInstance = 1_000;

    /// <summary>The number of newest runs of an instance that are kept whatever their age. Pages show fewer.</summary>
    public const int MinRunsKept = 20;

    /// <summary>How long runs are kept: as long as history.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    /// <summary>
    /// The maximum number of runs that each of the two rules (number and age) removes when a run begins, because the operator waits for it.
    /// </summary>
    private const int MaxRemovedPerRule = 100;

    /// <summary>Claims the instance for this run, where it holds the slot. A run whose console stopped is given up first.</summary>
    /// <returns>Null when it was claimed; otherwise the run that holds it.</returns>
    /// <exception cref="StoreException">Nothing was claimed.</exception>
    public Task<Run?> ClaimAsync(Run run, CancellationToken cancel) => store.WriteAsync<Run?>(
        transaction =>
        {
            if (run.HoldsSlot && RunTable.Running(transaction.Connection!, run.Instance) is { } other)
            {
                if (other.Lease > time.GetUtcNow())
                {
                    return other;
                }

                RunTable.End(transaction, other.Id, GivenUp(other), time.GetUtcNow());
            }

            RunTable.Add(transaction, run with { Replica = replica.Value, Lease = time.GetUtcNow() + Lease });
            Guid[] used = [.. aftermaths.SelectMany(aftermath => aftermath.RunsInUse(transaction.Connection!))];
            RunTable.Prune(transaction, run.Instance, MaxRunsPerInstance, time.GetUtcNow() - MaxAge, MinRunsKept, used, MaxRemovedPerRule);
            return null;
        }, cancel);

    /// <summary>Records how far a run is and renews its lease.</summary>
    /// <returns>Null to continue; otherwise why it has to stop.</returns>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<string?> ReportAsync(Guid id, long done, long? total, string says, CancellationToken cancel) =>
        store.WriteAsync(transaction =>
            RunTable.UpdateProgress(transaction, id, replica.Value, done, total, says, time.GetUtcNow() + Lease), cancel);

    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<bool> EndAsync(Guid id, ActionOutcome outcome, CancellationToken cancel) =>
        store.WriteAsync(transaction => RunTable.End(transaction, id, outcome, time.GetUtcNow()), cancel);

    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<Run?> RunningAsync(InstanceId instance, CancellationToken cancel) =>
        store.ReadAsync(connection => RunTable.Running(connection, instance), cancel);

    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<Run?> FindAsync(Guid id, CancellationToken cancel) => store.ReadAsync(connection => RunTable.Find(connection, id), cancel);

    /// <summary>The runs of an instance, newest first.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<IReadOnlyList<Run>> NewestAsync(InstanceId instance, int most, CancellationToken cancel) =>
        store.ReadAsync(connection => RunTable.Newest(connection, instance, most), cancel);

    /// <summary>Gives up runs whose console stopped.</summary>
    /// <returns>How many were given up.</returns>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return await store.ReadAsync(connection => RunTable.AllRunning(connection).Any(run => run.Lease <= now), cancel)
            ? await store.WriteAsync(
                transaction =>
                    RunTable.AllRunning(transaction.Connection!)
                        .Count(run => run.Lease <= now && RunTable.End(transaction, run.Id, GivenUp(run), now)), cancel)
            : 0;
    }

    private static ActionOutcome GivenUp(Run run) => new(
        AuditResult.Unknown,
        $"The console that ran it ({run.Replica}) stopped before it reported the outcome. "
            + $"{(run.Done == 0 ? "It had reported no keys yet" : $"Up to the last batch it had reported about {run.Done} keys")}; the "
            + $"batch after that is unknown. Check {run.Instance} before you try again.");
}
