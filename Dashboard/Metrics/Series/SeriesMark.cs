namespace Dashboard.Metrics.Series;

/// <summary>Something that a chart shows beside its lines.</summary>
/// <param name="Time">Unix milliseconds; the start of a stretch.</param>
/// <param name="Until">End of a stretch; null for a moment.</param>
/// <param name="Text">A few words.</param>
public sealed record SeriesMark(long Time, SeriesMarkKind Kind, string Text, long? Until = null)
{
    /// <summary>Unix milliseconds; of a moment, the moment itself.</summary>
    public long End => Until ?? Time;
}
