using Dashboard.Info;

namespace Dashboard.Metrics;

/// <summary>
/// How long something took, in milliseconds; shown as its median, with the longest and the bound above which the shortest lies.
/// </summary>
public sealed record DurationMetric(string Id, string Title, string Help, Func<PollResult.Answered, TimeSpan?> Read)
    : Metric(Id, Unit.Milliseconds, Title, Help)
{
    /// <summary>Position in <see cref="MetricCatalog.Durations"/>.</summary>
    public int Slot { get; init; } = -1;

    public override MetricValue? Over(Reading reading)
    {
        var cell = reading.Durations[Slot];
        return !cell.Known ? null
            : cell.Counts.Sum(count => (long)count) == 1 ? cell.Max
            : new MetricValue(cell.Quantile(0.5)!.Value, cell.Quantile(0)!.Value, cell.Max);
    }
}
