namespace Dashboard.Actions.Execution;

/// <summary>The newest runs of one instance.</summary>
/// <param name="All">Newest first; null before they were read.</param>
/// <param name="Trouble">Why they could not be read the last time; then they are older than that.</param>
public sealed record LatestRuns(IReadOnlyList<Run>? All, string? Trouble)
{
    public static readonly LatestRuns Unread = new(null, null);

    /// <summary>What actions left behind and is still open, oldest first of each.</summary>
    public IReadOnlyList<AftermathItem> Aftermath { get; init; } = [];

    /// <summary>At most one does, and it is the newest.</summary>
    public Run? Running => All is [{ IsOver: false } run, ..] ? run : null;
}
