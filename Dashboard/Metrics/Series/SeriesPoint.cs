namespace Dashboard.Metrics.Series;

/// <summary>One point of a chart.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Value">Null is a gap: the line breaks here.</param>
/// <param name="Low">The least value in the stretch that the point stands for; null when it is the value itself.</param>
/// <param name="High">The greatest value in the stretch; likewise.</param>
public readonly record struct SeriesPoint(long Time, double? Value, double? Low = null, double? High = null)
{
    /// <summary>The point for a metric's value at a time; a gap for null.</summary>
    public static SeriesPoint Of(long time, MetricValue? value) => value switch
    {
        null => new(time, null),
        { } known when known.Min.Equals(known.Max) => new(time, known.Value),
        { } known => new(time, known.Value, known.Min, known.Max),
    };
}
