namespace Dashboard.Actions.Execution;

/// <summary>The newest runs of one instance.</summary>
/// <param name="All">Newest first; null before they were read.</param>
/// <param name="ReadFailure">Why the last read failed; the runs are then those of an earlier one. Null when it succeeded.</param>
public sealed record LatestRuns(IReadOnlyList<Run>? All, string? ReadFailure)
{
    public static readonly LatestRuns Unread = new(null, null);

    /// <summary>What actions left behind and is still open, oldest first per action.</summary>
    public IReadOnlyList<AftermathItem> Aftermath { get; init; } = [];

    /// <summary>The run in progress that holds the slot; null when there is none. There is at most one.</summary>
    public Run? Running => All?.FirstOrDefault(run => run is { IsOver: false, HoldsSlot: true });
}
