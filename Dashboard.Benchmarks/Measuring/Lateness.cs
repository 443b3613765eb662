namespace Dashboard.Benchmarks.Measuring;

/// <summary>How late each of several periodic events was.</summary>
public static class Lateness
{
    /// <summary>A timer may tick this share of the period early; more would be the previous tick, late.</summary>
    private const double MayBeEarly = 0.1;

    /// <summary>Compares each moment with the latest beat that it can belong to, so that a slow drift counts as lateness too.</summary>
    /// <param name="first">The first beat.</param>
    /// <returns>One value per moment, never negative, below <paramref name="period"/>; all in one unit.</returns>
    public static IEnumerable<double> Of(IEnumerable<double> moments, double first, double period) =>
        moments.Select(moment => Math.Max(0, moment - first - (Math.Floor(((moment - first) / period) + MayBeEarly) * period)));
}
