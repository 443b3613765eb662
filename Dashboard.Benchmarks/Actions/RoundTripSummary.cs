namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client measured on a server for a while: round trips, in milliseconds.</summary>
/// <param name="WorstServed">The longest round trip, without the time that the server or the client waited for a processor. On a busy
/// machine it shows what the server itself did. It also leaves out what the server's thread waits for its own background threads, where
/// processors are too few for both.</param>
/// <param name="P99Served">The p99 of the round trips without these waits.</param>
/// <param name="PerSecond">The number of round trips per second.</param>
internal sealed record RoundTripSummary(double Worst, double WorstServed, double P99, double P99Served, double Median, double PerSecond);
