namespace Dashboard.Metrics;

/// <summary>One number of a metric over a stretch of time, with the extremes met inside it (equal to it where none are kept).</summary>
public readonly record struct MetricValue(double Value, double Min, double Max)
{
    public static implicit operator MetricValue(double value) => new(value, value, value);
}
