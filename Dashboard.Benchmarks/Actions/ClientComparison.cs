using System.Globalization;

namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client saw while something was done, beside what it saw just before, while nothing was.</summary>
/// <param name="Took">How long it was done.</param>
internal sealed record ClientComparison(RoundTripSummary Idle, RoundTripSummary During, TimeSpan Took)
{
    public double WorstGrowth => During.Worst - Idle.Worst;

    public double P99Growth => During.P99 - Idle.P99;

    /// <summary>
    /// For a person who waits: the longest and the p99 in milliseconds, waiting for a processor left out where it says served.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{During.Worst:0.0} against {Idle.Worst:0.0}, served {During.WorstServed:0.0} against {Idle.WorstServed:0.0} (p99 "
            + $"{During.P99:0.00} against {Idle.P99:0.00}) in {Took.TotalSeconds:0.0} s");
}
