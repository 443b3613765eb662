namespace Dashboard.Benchmarks.Actions;

/// <summary>What another client saw while something was done, beside what it saw just before, while nothing was.</summary>
/// <param name="Took">How long it was done.</param>
internal sealed record Beside(Look Idle, Look During, TimeSpan Took)
{
    public double WorstGrowth => During.Worst - Idle.Worst;

    public double P99Growth => During.P99 - Idle.P99;
}
