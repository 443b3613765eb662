using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>A number computed from the stored parts of others over the stretch drawn; never stored or averaged itself.</summary>
/// <param name="Parts">Ids of the stored metrics it is computed from: only these need to be read.</param>
/// <param name="Compute">Null when there is too little to say.</param>
/// <param name="Trailing">Seconds of readings each value looks back over at least: a ratio over one busy-less second would be
/// noise.</param>
public sealed record DerivedMetric(
    string Id, Unit Unit, string Title, string Help, ImmutableArray<string> Parts, Func<Reading, MetricValue?> Compute, int Trailing = 0)
    : Metric(Id, Unit, Title, Help)
{
    public override MetricValue? Over(Reading reading) => Compute(reading);
}
