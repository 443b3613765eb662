using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Instances;

namespace Dashboard.Components.Actions;

/// <summary>Notices, for one page, that a run has ended since the page was opened. Not thread-safe.</summary>
internal sealed class RunOutcomes
{
    /// <summary>The runs of each instance that are known to be over, as many as are read.</summary>
    private readonly Dictionary<InstanceId, HashSet<Guid>> _over = [];

    /// <returns>A run of this instance that ended since the last call; null for none, and at the first call.</returns>
    public Run? Ended(InstanceId instance, LatestRuns runs)
    {
        if (runs.All is not { } all)
        {
            return null;
        }

        var over = all.Where(run => run.IsOver).ToList();
        if (!_over.TryGetValue(instance, out var known))
        {
            _over[instance] = [.. over.Select(run => run.Id)];
            return null;
        }

        var ended = over.FindLast(run => !known.Contains(run.Id));
        known.IntersectWith(over.Select(run => run.Id));
        if (ended is not null)
        {
            known.Add(ended.Id);
        }

        return ended;
    }
}
