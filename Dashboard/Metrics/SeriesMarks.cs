namespace Dashboard.Metrics;

/// <summary>Finds restarts, resets and gaps in readings.</summary>
internal static class SeriesMarks
{
    /// <param name="readings">Oldest first.</param>
    /// <param name="scale">How far apart readings may be before what lies between is a gap.</param>
    public static IEnumerable<SeriesMark> Of(IReadOnlyList<Reading> readings, ChartScale scale)
    {
        Reading? known = null;
        var failed = false;
        foreach (var reading in readings)
        {
            var time = reading.At.ToUnixTimeMilliseconds();
            if (!reading.Knows)
            {
                failed = true;
                continue;
            }

            if (known is not null && scale.IsGap(known.At, reading.At))
            {
                yield return Gap(known, time, failed);
            }

            if (reading.Has(ReadingMarks.Restart))
            {
                yield return new(time, SeriesMarkKind.Restart, "restart");
            }
            else if (reading.Has(ReadingMarks.Reset))
            {
                yield return new(time, SeriesMarkKind.Reset, "counters reset");
            }

            (known, failed) = (reading, false);
        }

        if (failed && known is not null && scale.IsGap(known.At, readings[^1].At))
        {
            yield return Gap(known, readings[^1].At.ToUnixTimeMilliseconds(), failed);
        }
    }

    private static SeriesMark Gap(Reading last, long until, bool failed) =>
        new(last.At.ToUnixTimeMilliseconds(), SeriesMarkKind.Gap, failed ? "the server did not answer" : "the console was not watching", until);
}
