namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client saw of a server for a while: round trips, in milliseconds.</summary>
internal sealed record Look(double Worst, double P99, double Median, long Count);
