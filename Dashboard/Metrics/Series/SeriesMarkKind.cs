namespace Dashboard.Metrics.Series;

/// <summary>What a mark on a chart tells of.</summary>
public enum SeriesMarkKind
{
    /// <summary>The server process was replaced.</summary>
    Restart,

    /// <summary>Counters were set back (CONFIG RESETSTAT).</summary>
    Reset,

    /// <summary>A stretch of which nothing is known.</summary>
    Gap,
}
