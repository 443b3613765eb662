using System.Runtime.InteropServices;

namespace Dashboard.Metrics.Series;

/// <summary>A stretch of time that one point stands for.</summary>
/// <param name="Time">Where it is drawn, unix milliseconds.</param>
/// <param name="Reading">All that is known of it.</param>
/// <param name="AfterGap">Whether nothing is known of the time before, so that the line begins here.</param>
internal readonly record struct SeriesBucket(long Time, Reading Reading, bool AfterGap)
{
    /// <summary>One stretch per reading.</summary>
    public static IEnumerable<SeriesBucket> Each(IReadOnlyList<Reading> readings, ChartScale scale)
    {
        DateTimeOffset? known = null;
        foreach (var reading in readings)
        {
            yield return new(reading.At.ToUnixTimeMilliseconds(), reading, reading.IsKnown && IsAfterGap(known, reading, scale));
            known = reading.IsKnown ? reading.At : known;
        }
    }

    /// <summary>Readings joined over the scale's bucket.</summary>
    public static IEnumerable<SeriesBucket> Buckets(IReadOnlyList<Reading> readings, ChartScale scale)
    {
        var step = (long)scale.Bucket.TotalMilliseconds;
        DateTimeOffset? known = null;
        foreach (var inside in ReadingBuckets.Group(readings, step))
        {
            var first = inside.Find(reading => reading.IsKnown);
            var start = ReadingBuckets.StartOf(inside[0].At.ToUnixTimeMilliseconds(), step);
            yield return new(start, Reading.Join(CollectionsMarshal.AsSpan(inside))!, first is not null && IsAfterGap(known, first, scale));
            known = inside.FindLast(reading => reading.IsKnown)?.At ?? known;
        }
    }

    private static bool IsAfterGap(DateTimeOffset? known, Reading reading, ChartScale scale) =>
        known is not { } before || scale.IsGap(before, reading.At);
}
