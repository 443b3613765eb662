namespace Dashboard.Actions.Sampling;

/// <summary>How many of a population have a property, estimated from a uniform sample.</summary>
/// <param name="Estimate">The most likely number; null when nothing was sampled.</param>
/// <param name="AtMost">An upper bound: the true number is above it in at most about one sample of a thousand. The whole population when
/// nothing was sampled.</param>
internal readonly record struct PopulationEstimate(long? Estimate, long AtMost)
{
    /// <summary>The normal distribution's quantile for 99.9 %, one-sided.</summary>
    private const double Z = 3.0902;

    /// <param name="hits">How many of the sample have the property.</param>
    /// <param name="sampled">How many different ones were sampled; as many as there are, or more, make the result exact.</param>
    /// <param name="total">Size of the population.</param>
    public static PopulationEstimate Of(long hits, long sampled, long total)
    {
        if (sampled >= total)
        {
            return new(Math.Min(hits, total), Math.Min(hits, total));
        }

        return sampled <= 0
            ? new(null, total)
            : new((long)Math.Round((double)hits / sampled * total), (long)Math.Min(total, Math.Ceiling(Upper(hits, sampled) * total)));
    }

    /// <summary>
    /// The upper end of Wilson's score interval (E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA
    /// 22, 1927), which holds for few hits and for none, where hits ± a few deviations would say 0. Near 0 it errs upward (T. T. Cai,
    /// One-sided confidence intervals in discrete distributions, 2005), and so it does for a sample without repeats.
    /// </summary>
    private static double Upper(double hits, double sampled)
    {
        var (p, z2) = (hits / sampled, Z * Z);
        return (p + (z2 / (2 * sampled)) + (Z * Math.Sqrt((p * (1 - p) / sampled) + (z2 / (4 * sampled * sampled))))) / (1
            + (z2 / sampled));
    }
}
