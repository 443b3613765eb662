using Dashboard.Actions.Scanning;
using Dashboard.Instances;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Sampling;

/// <summary>
/// The latest search of each instance, shared by all previews and flushes. A search is about one server process, replication and database:
/// for others a new one begins.
/// </summary>
internal sealed class ForeignKeySearches(ValkeyServers servers, ScanBudget budget, TimeProvider time) : IDisposable
{
    /// <summary>
    /// How long a search that found nothing is used, from its beginning on. What is written behind it in the meantime is not in it.
    /// </summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    /// <summary>By how many keys a small database may grow while its search is valid.</summary>
    private const long Growth = 1_000;

    /// <summary>How long after a search that did not complete, or found something, the next one begins.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    private readonly Dictionary<InstanceId, ForeignKeySearch> _latest = [];
    private readonly Lock _gate = new();

    /// <summary>Returns the search of an instance, and begins one where there is none that is valid.</summary>
    /// <param name="keys">About how many keys there are.</param>
    public ForeignKeySearch Of(Instance instance, ServerPrecondition precondition, long keys)
    {
        lock (_gate)
        {
            if (_latest.TryGetValue(instance.Id, out var latest) && latest.Precondition == precondition && IsValid(latest, keys))
            {
                return latest;
            }

            latest?.Dispose();
            var search = new ForeignKeySearch(instance, precondition, keys, budget, time);
            search.Begin(one => servers.Actor(one, ActionTimeouts.Query));
            return _latest[instance.Id] = search;
        }
    }

    /// <summary>Forgets the search of an instance whose keys were exchanged for others.</summary>
    public void Forget(InstanceId instance)
    {
        lock (_gate)
        {
            if (_latest.Remove(instance, out var search))
            {
                search.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var search in _latest.Values)
            {
                search.Dispose();
            }
        }
    }

    /// <remarks>Many more keys than were looked at were not written one by one since: another console brought them back.</remarks>
    private bool IsValid(ForeignKeySearch search, long keys) => search.State switch
    {
        { EndedAt: null } => !search.Over.IsCompleted,
        { IsComplete: true } state when keys > state.Seen + (state.Seen / 2) + Growth => false,
        { IsComplete: true, Findings: [] } => search.Elapsed < Validity,
        { EndedAt: { } ended } => time.GetUtcNow() - ended is var age && age >= TimeSpan.Zero && age < Retry,
    };
}
