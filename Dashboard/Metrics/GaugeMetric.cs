using Dashboard.Info;

namespace Dashboard.Metrics;

/// <summary>A number that rises and falls; shown as its time-weighted mean with the extremes.</summary>
/// <param name="Read">The gauge from one answered poll; null when unknown.</param>
public sealed record GaugeMetric(string Id, Unit Unit, string Title, string Help, Func<PollResult.Answered, double?> Read)
    : Metric(Id, Unit, Title, Help)
{
    /// <summary>Position in <see cref="MetricCatalog.Gauges"/>.</summary>
    public int Slot { get; init; } = -1;

    public override MetricValue? Over(Reading reading) =>
        reading.Gauges[Slot] is { Mean: { } mean } cell ? new MetricValue(mean, cell.Min, cell.Max) : null;
}
