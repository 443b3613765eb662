using Dashboard.Info;

namespace Dashboard.Metrics;

/// <summary>A number that only rises until it is reset; shown as its rise per second.</summary>
/// <param name="Read">The counter as the server reports it; null when it does not.</param>
/// <param name="FallsAlone">True for a counter that the server itself sets back now and then: its fall does not mean that the others were
/// reset.</param>
public sealed record CounterMetric(string Id, Unit Unit, string Title, string Help, Func<Snapshot, double?> Read, bool FallsAlone = false)
    : Metric(Id, Unit, Title, Help)
{
    /// <summary>Position in <see cref="MetricCatalog.Counters"/>.</summary>
    public int Slot { get; init; } = -1;

    public override MetricValue? Over(Reading reading) =>
        reading.Counters[Slot] is { Rate: { } rate } cell ? new MetricValue(rate, rate, Math.Max(rate, cell.Peak)) : null;
}
