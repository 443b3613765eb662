using System.Runtime.InteropServices;

namespace Dashboard.Metrics.Series;

/// <summary>Joins readings into stretches of equal length, which begin at whole multiples of that length since 1970.</summary>
public static class ReadingBuckets
{
    /// <summary>Start of the stretch that contains an instant, all in unix milliseconds.</summary>
    public static long StartOf(long at, long step) => at - (((at % step) + step) % step);

    /// <summary>One reading per stretch, dated at its start; a stretch without readings has none.</summary>
    /// <param name="readings">Oldest first.</param>
    public static IEnumerable<Reading> Of(IEnumerable<Reading> readings, long step) => Group(readings, step).Select(inside =>
        Reading.Join(
            CollectionsMarshal.AsSpan(inside))! with
        {
            At =
                DateTimeOffset.FromUnixTimeMilliseconds(StartOf(inside[0].At.ToUnixTimeMilliseconds(), step))
        });

    /// <summary>The readings of each stretch that has any. The list is reused for the next stretch.</summary>
    /// <param name="readings">Oldest first.</param>
    internal static IEnumerable<List<Reading>> Group(IEnumerable<Reading> readings, long step)
    {
        var inside = new List<Reading>();
        foreach (var reading in readings)
        {
            if (inside.Count > 0
                && StartOf(reading.At.ToUnixTimeMilliseconds(), step) != StartOf(inside[0].At.ToUnixTimeMilliseconds(), step))
            {
                yield return inside;
                inside.Clear();
            }

            inside.Add(reading);
        }

        if (inside.Count > 0)
        {
            yield return inside;
        }
    }
}
