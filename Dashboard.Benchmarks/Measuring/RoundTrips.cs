namespace Dashboard.Benchmarks.Measuring;

/// <summary>
/// Counts round trips by the microsecond. Counting allocates nothing, so that no garbage collection of this process is counted with them.
/// </summary>
public sealed class RoundTrips
{
    private const int Microseconds = 1_000_000;

    /// <summary>How many took how many microseconds; the last is the number of all that took longer.</summary>
    private readonly int[] _byMicrosecond = new int[Microseconds + 1];

    public long Count { get; private set; }

    /// <summary>Zero when there are none.</summary>
    public TimeSpan Worst { get; private set; }

    public void Add(TimeSpan took)
    {
        Count++;
        Worst = took > Worst ? took : Worst;
        _byMicrosecond[(int)Math.Min(Microseconds, took.TotalMicroseconds)]++;
    }

    /// <summary>
    /// The least time, in whole microseconds, that at least the share <paramref name="q"/> (above 0, to 1) of all did not exceed (nearest
    /// rank).
    /// </summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public TimeSpan At(double q)
    {
        var (rank, met) = (Math.Clamp((long)Math.Ceiling(q * Count), 1, Math.Max(1, Count)), 0L);
        for (var took = 0; took <= Microseconds; took++)
        {
            met += _byMicrosecond[took];
            if (met >= rank)
            {
                return TimeSpan.FromMicroseconds(took);
            }
        }

        throw new InvalidOperationException("There is nothing to rank.");
    }
}
