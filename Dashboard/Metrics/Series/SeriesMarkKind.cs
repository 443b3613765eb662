namespace Dashboard.Metrics.Series;

/// <summary>What a mark on a chart stands for.</summary>
public enum SeriesMarkKind
{
    /// <summary>The server process was replaced.</summary>
    Restart,

    /// <summary>Counters were reset (CONFIG RESETSTAT).</summary>
    Reset,

    /// <summary>A stretch of which nothing is known.</summary>
    Gap,
}
