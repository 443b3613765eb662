namespace Dashboard.Metrics;

/// <summary>A gauge over a stretch of time, in parts that can be added.</summary>
/// <param name="Sum">The value weighted by the seconds for which it held.</param>
/// <param name="Seconds">Seconds for which it was known; 0 means unknown.</param>
public readonly record struct GaugeCell(double Min, double Max, double Last, double Sum, double Seconds)
{
    public static GaugeCell Of(double value, double seconds) => new(value, value, value, value * seconds, seconds);

    /// <summary>Time-weighted mean, never outside the extremes though its last digit is rounded; null when unknown.</summary>
    public double? Mean => Seconds > 0 ? Math.Max(Min, Math.Min(Max, Sum / Seconds)) : null;

    /// <summary>Joins two stretches, <paramref name="b"/> the later one.</summary>
    public static GaugeCell operator +(GaugeCell a, GaugeCell b) =>
        a.Seconds <= 0 ? b
        : b.Seconds <= 0 ? a
        : new(Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max), b.Last, a.Sum + b.Sum, a.Seconds + b.Seconds);
}
