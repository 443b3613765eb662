namespace Dashboard.Metrics;

/// <summary>What history keeps of one poll, or of many rolled up: for every stored metric, parts that can be added.</summary>
/// <param name="At">Start of the stretch of time that it stands for; for a single poll, when the poll ended.</param>
/// <param name="Epoch">The server process's run_id; null when unknown.</param>
/// <param name="Covered">Seconds for which counters could be compared. A single metric may be known for less.</param>
/// <param name="Held">Seconds for which gauges were known.</param>
/// <param name="Counters">By position in <see cref="MetricCatalog.Counters"/>.</param>
/// <param name="Gauges">By position in <see cref="MetricCatalog.Gauges"/>.</param>
/// <param name="Durations">By position in <see cref="MetricCatalog.Durations"/>.</param>
public sealed record Reading(
    DateTimeOffset At, string? Epoch, ReadingFlags Marks, double Covered, double Held,
    CounterCell[] Counters, GaugeCell[] Gauges, DurationCell[] Durations)
{
    /// <summary>A stretch of time of which nothing is known.</summary>
    public static Reading Nothing(DateTimeOffset at) => new(
        at, null, ReadingFlags.Gap, 0, 0,
        new CounterCell[MetricCatalog.Counters.Length], new GaugeCell[MetricCatalog.Gauges.Length],
        new DurationCell[MetricCatalog.Durations.Length]);

    /// <summary>Whether anything is known of the stretch: false for a poll that failed.</summary>
    public bool IsKnown => Held > 0 || Covered > 0;

    public bool Has(ReadingFlags mark) => (Marks & mark) != 0;

    /// <summary>
    /// Joins two stretches, <paramref name="later"/> following this one. Associative, so that every tier gives the same result.
    /// </summary>
    public Reading Then(Reading later) => new(
        At, later.Epoch ?? Epoch, Marks | later.Marks, Covered + later.Covered, Held + later.Held,
        Join(Counters, later.Counters, (a, b) => a + b), Join(Gauges, later.Gauges, (a, b) => a + b),
        Join(Durations, later.Durations, (a, b) => a + b));

    /// <summary>
    /// Joins many stretches, oldest first; null when there are none. The result is that of <see cref="Then"/>, without a copy per step.
    /// </summary>
    public static Reading? Join(ReadOnlySpan<Reading> readings)
    {
        if (readings.IsEmpty)
        {
            return null;
        }

        var (flags, covered, held, epoch) = (ReadingFlags.None, 0.0, 0.0, (string?)null);
        var all = Nothing(readings[0].At);
        foreach (var reading in readings)
        {
            flags |= reading.Marks;
            covered += reading.Covered;
            held += reading.Held;
            epoch = reading.Epoch ?? epoch;
            for (var i = 0; i < all.Counters.Length; i++)
            {
                all.Counters[i] += reading.Counters[i];
            }

            for (var i = 0; i < all.Gauges.Length; i++)
            {
                all.Gauges[i] += reading.Gauges[i];
            }

            for (var i = 0; i < all.Durations.Length; i++)
            {
                all.Durations[i] += reading.Durations[i];
            }
        }

        return all with { Epoch = epoch, Marks = flags, Covered = covered, Held = held };
    }

    private static T[] Join<T>(T[] a, T[] b, Func<T, T, T> join)
    {
        var joined = new T[a.Length];
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = join(a[i], b[i]);
        }

        return joined;
    }
}
