using System.Globalization;

namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client measured while something was done, and just before, while nothing was.</summary>
/// <param name="Took">How long the act took.</param>
internal sealed record ClientComparison(RoundTripSummary Idle, RoundTripSummary During, TimeSpan Took)
{
    public double WorstGrowth => During.Worst - Idle.Worst;

    public double P99Growth => During.P99 - Idle.P99;

    /// <summary>Without the wait for a processor: on a busy machine it shows what the server itself did.</summary>
    public double P99ServedGrowth => During.P99Served - Idle.P99Served;

    /// <summary>
    /// For a person who waits: the longest and the p99 in milliseconds; the values after "served" leave out the wait for a processor.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{During.Worst:0.0} against {Idle.Worst:0.0}, served {During.WorstServed:0.0} against {Idle.WorstServed:0.0} (p99 "
            + $"{During.P99:0.00} against {Idle.P99:0.00}, served {During.P99Served:0.00} against {Idle.P99Served:0.00}) "
            + $"in {Took.TotalSeconds:0.0} s");
}
