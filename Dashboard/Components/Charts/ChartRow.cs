namespace Dashboard.Components.Charts;

/// <summary>
/// A row of a chart's table: its time (unix ms), how long before the newest point, and each series' value, null when unknown.
/// </summary>
internal sealed record ChartRow(long Time, TimeSpan Age, IReadOnlyList<double?> Values);
