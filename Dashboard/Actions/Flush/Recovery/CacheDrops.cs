using Dashboard.Metrics;

namespace Dashboard.Actions.Flush.Recovery;

/// <summary>Finds in history when a cache was emptied, and follows its hit rate from there.</summary>
internal static class CacheDrops
{
    /// <summary>For how long before, the hit rate is averaged.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>For how long after, its return is waited for.</summary>
    public static readonly TimeSpan After = TimeSpan.FromHours(6);

    /// <summary>This near to where it was, in percentage points, it is back.</summary>
    private const double Near = 3;

    /// <summary>What is left of the keys at most.</summary>
    private const double Left = 0.2;

    /// <summary>Fewer keys than this come and go by themselves.</summary>
    private const double FewestKeys = 100;

    /// <summary>Readings further apart are not compared: what happened between them is unknown.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(30);

    /// <summary>A fall this near to a flush is its own; the coarsest readings are as long.</summary>
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(15);

    private static readonly int Keys = MetricCatalog.Gauge("keys");

    /// <summary>When it was flushed from here, and when its keys fell by four fifths or more from one reading to the next.</summary>
    /// <param name="readings">Oldest first.</param>
    /// <param name="flushes">
    /// When this console flushed all of it and it was not undone, in any order. Such a flush is hard to see in the readings: until its undo
    /// is given up, the server still counts the old keys, and by then there are many new ones.
    /// </param>
    public static IReadOnlyList<DateTimeOffset> TimesIn(IReadOnlyList<Reading> readings, IReadOnlyCollection<DateTimeOffset> flushes) =>
    [
        .. FallsIn(readings).Where(fall => !flushes.Any(flush => (fall - flush).Duration() <= Same))
            .Concat(flushes.Where(flush => readings.Count > 0 && flush > readings[0].At && flush <= readings[^1].At))
            .Order(),
    ];

    /// <summary>
    /// Those that tell something. An emptying does not where the rate before it is unknown or was coming back from another one,
    /// nor where the next one, a hole or the end of the readings comes before the rate is back.
    /// </summary>
    /// <inheritdoc cref="TimesIn"/>
    public static IReadOnlyList<CacheDrop> In(IReadOnlyList<Reading> readings, IReadOnlyCollection<DateTimeOffset> flushes)
    {
        DateTimeOffset[] times = [DateTimeOffset.MinValue, .. TimesIn(readings, flushes), DateTimeOffset.MaxValue];
        var found = new List<CacheDrop>();
        for (var i = 1; i < times.Length - 1; i++)
        {
            var at = times[i];
            if (at - times[i - 1] > Before
                && UsualRate(readings, at) is { } usual
                && Follow(at, usual - Near, readings.Where(reading => reading.At >= at && reading.At < times[i + 1])) is { } drop)
            {
                found.Add(drop);
            }
        }

        return found;
    }

    private static IEnumerable<DateTimeOffset> FallsIn(IEnumerable<Reading> readings)
    {
        Reading? before = null;
        foreach (var reading in readings.Where(reading => reading.Gauges[Keys].Seconds > 0))
        {
            if (before is not null && reading.At - before.At <= Apart && IsFall(before.Gauges[Keys].Last, reading.Gauges[Keys].Min))
            {
                yield return reading.At;
            }

            before = reading;
        }
    }

    private static bool IsFall(double before, double now) => before >= FewestKeys && now <= before * Left;

    private static double? UsualRate(IEnumerable<Reading> readings, DateTimeOffset at) =>
        Reading.Join(readings.Where(reading => reading.At >= at - Before && reading.At < at).ToArray()) is { } hour
            ? HitRate.Percent(hour)?.Value
            : null;

    /// <summary>Back for two steps together: one alone may be chance.</summary>
    private static CacheDrop? Follow(DateTimeOffset at, double enough, IEnumerable<Reading> readings)
    {
        HitRateStep? good = null;
        foreach (var step in HitRateStep.Of(readings).TakeWhile(step => step.Length <= Apart))
        {
            if (good is { } first && step.Percent >= enough)
            {
                return new(at, first.End - at);
            }

            good = step.Percent >= enough ? step : null;
            if (good is null && step.End - at >= After)
            {
                return new(at, After, IsAtLeast: true);
            }
        }

        return null;
    }
}
