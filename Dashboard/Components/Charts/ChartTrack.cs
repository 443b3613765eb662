using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>Points of one series, oldest first.</summary>
public sealed record ChartTrack(string Series, IReadOnlyList<SeriesPoint> Points);
