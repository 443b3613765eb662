using Dashboard.Components.Charts;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>Updates the numbers beside the charts with every poll, however rarely a coarse chart itself is drawn.</summary>
internal static class ChartNumbers
{
    public static void Say(BoardFeed feed, IEnumerable<ChartSpec> specs, InstanceState state)
    {
        foreach (var spec in specs)
        {
            feed.Say(spec.Id, [.. spec.Series.Select(series => Now(MetricCatalog.Get(series.Id), state))]);
        }
    }

    private static double? Now(Metric metric, InstanceState state) =>
        metric is DerivedMetric { Trailing: > 0 } derived ? state.Over(metric, TimeSpan.FromSeconds(derived.Trailing))?.Value
        : state.LatestReading is { } reading ? metric.Over(reading)?.Value
        : null;
}
