namespace Dashboard.Metrics;

/// <summary>One value of a metric over a stretch of time, with the extremes inside it (equal to the value where none are kept).</summary>
public readonly record struct MetricValue(double Value, double Min, double Max)
{
    public static implicit operator MetricValue(double value) => new(value, value, value);
}
