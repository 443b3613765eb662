namespace Dashboard.History;

/// <summary>A stretch of time in unix milliseconds; <paramref name="To"/> is exclusive.</summary>
internal readonly record struct HistoryRange(long From, long To)
{
    public bool Holds(long at) => at >= From && at < To;
}
