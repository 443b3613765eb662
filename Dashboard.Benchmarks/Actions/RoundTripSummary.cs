namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client saw of a server for a while: round trips, in milliseconds.</summary>
/// <param name="WorstServed">
/// The longest when the time is left out that the server or the client waited for a processor. On a busy machine it tells what the server
/// itself did. It also leaves out what the server's thread waits for its own background ones, where processors are too few for both.
/// </param>
/// <param name="PerSecond">How many of them there were.</param>
internal sealed record RoundTripSummary(double Worst, double WorstServed, double P99, double Median, double PerSecond);
