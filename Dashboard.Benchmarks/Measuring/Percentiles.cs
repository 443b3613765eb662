namespace Dashboard.Benchmarks.Measuring;

/// <summary>Ranks of measured values. Nothing is interpolated: each result is one of the values.</summary>
public static class Percentiles
{
    /// <summary>
    /// The least value that at least the share <paramref name="q"/> (above 0, to 1) of all values does not exceed (nearest rank).
    /// </summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Of(IEnumerable<double> values, double q)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? throw new ArgumentException("There is nothing to rank.", nameof(values))
            : sorted[Math.Clamp((int)Math.Ceiling(q * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>The middle value; the lower of the two for an even count.</summary>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);
}
