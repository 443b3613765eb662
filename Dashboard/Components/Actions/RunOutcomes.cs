using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Instances;

namespace Dashboard.Components.Actions;

/// <summary>Notices, for one page, that a run has ended since the page was opened. Not thread-safe.</summary>
internal sealed class RunOutcomes
{
    private readonly Dictionary<InstanceId, Guid?> _newest = [];

    /// <returns>The run of this instance that ended since the last call; null for none, and at the first call.</returns>
    public Run? Ended(InstanceId instance, LatestRuns runs)
    {
        if (runs.All is not { } all)
        {
            return null;
        }

        var newest = all.FirstOrDefault(run => run.IsOver);
        var hasEnded = _newest.TryGetValue(instance, out var before) && newest is not null && newest.Id != before;
        _newest[instance] = newest?.Id;
        return hasEnded ? newest : null;
    }
}
