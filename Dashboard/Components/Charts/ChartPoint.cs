namespace Dashboard.Components.Charts;

/// <summary>One value at one time (unix ms). A null value is a gap; low and high are given where the point stands for a bucket of several readings.</summary>
public readonly record struct ChartPoint(long Time, double? Value, double? Low = null, double? High = null);
