using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>Durations measured in a stretch of time, in parts that can be added: the longest, and how many fell under each bound.</summary>
/// <param name="Max">Milliseconds.</param>
/// <param name="Counts">One count for each of <see cref="Bounds"/> and one for durations above the last; default (empty) means that none
/// was measured.</param>
public readonly record struct DurationCell(double Max, ImmutableArray<int> Counts)
{
    /// <summary>Upper bounds in milliseconds, inclusive.</summary>
    public static ImmutableArray<double> Bounds { get; } = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

    public bool Known => !Counts.IsDefaultOrEmpty;

    public static DurationCell Of(double milliseconds)
    {
        var counts = new int[Bounds.Length + 1];
        counts[SlotOf(milliseconds)] = 1;
        return new(milliseconds, ImmutableArray.Create(counts));
    }

    /// <summary>
    /// The value below which the share <paramref name="q"/> (0 to 1) of the durations lies, by linear interpolation inside its bounds,
    /// never above <see cref="Max"/>; null when none was measured.
    /// </summary>
    public double? Quantile(double q)
    {
        if (!Known)
        {
            return null;
        }

        var wanted = q * Counts.Sum(count => (long)count);
        long seen = 0;
        for (var slot = 0; slot < Counts.Length; slot++)
        {
            if (Counts[slot] > 0 && seen + Counts[slot] >= wanted)
            {
                var low = slot == 0 ? 0 : Bounds[slot - 1];
                var high = slot < Bounds.Length ? Math.Min(Bounds[slot], Max) : Max;
                return low + ((Math.Max(high, low) - low) * ((wanted - seen) / Counts[slot]));
            }

            seen += Counts[slot];
        }

        return Max;
    }

    public static DurationCell operator +(DurationCell a, DurationCell b) =>
        !a.Known ? b : !b.Known ? a : new(Math.Max(a.Max, b.Max), [.. a.Counts.Zip(b.Counts, (x, y) => x + y)]);

    private static int SlotOf(double milliseconds)
    {
        var slot = 0;
        while (slot < Bounds.Length && milliseconds > Bounds[slot])
        {
            slot++;
        }

        return slot;
    }
}
