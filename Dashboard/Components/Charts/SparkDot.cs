namespace Dashboard.Components.Charts;

/// <summary>A point of a sparkline: pixels from the left edge, and its value, null for a gap.</summary>
internal readonly record struct SparkDot(double X, double? Value);
