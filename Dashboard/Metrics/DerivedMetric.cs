using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>
/// A number computed from stored parts of other metrics, for the stretch that is drawn; it is never stored or averaged itself.
/// </summary>
/// <param name="Parts">Ids of the stored metrics it is computed from: only these need to be read.</param>
/// <param name="Compute">Computes the value; null when too little is known.</param>
/// <param name="Trailing">The least number of seconds of readings that each value covers: a ratio over one quiet second would be
/// noise.</param>
public sealed record DerivedMetric(
    string Id, Unit Unit, string Title, string Help, ImmutableArray<string> Parts, Func<Reading, MetricValue?> Compute, int Trailing = 0)
    : Metric(Id, Unit, Title, Help)
{
    public override MetricValue? Over(Reading reading) => Compute(reading);
}
