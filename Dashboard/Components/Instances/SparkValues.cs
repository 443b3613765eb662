using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>The last five minutes of a metric for a sparkline.</summary>
internal static class SparkValues
{
    public static IReadOnlyList<double?> Of(InstanceState state, Metric metric) =>
        [.. state.Window.Steps().Select(step => step is null ? null : metric.Over(step)?.Value)];
}
