namespace Dashboard.Metrics.Series;

/// <summary>Finds restarts, resets and gaps in readings.</summary>
internal static class SeriesMarks
{
    /// <param name="markers">Oldest first.</param>
    /// <param name="scale">Decides how far apart readings may be before there is a gap between them.</param>
    public static IEnumerable<SeriesMark> Of(IEnumerable<ReadingMarker> markers, ChartScale scale)
    {
        var (known, latest) = ((ReadingMarker?)null, default(ReadingMarker));
        var failed = false;
        foreach (var reading in markers)
        {
            latest = reading;
            var time = reading.At.ToUnixTimeMilliseconds();
            if (!reading.Knows)
            {
                failed = true;
                continue;
            }

            if (known is { } before && scale.IsGap(before.At, reading.At))
            {
                yield return Gap(before, time, failed);
            }

            if (reading.IsRestartAfter(known))
            {
                yield return new(time, SeriesMarkKind.Restart, "restart");
            }
            else if (reading.Has(ReadingFlags.Reset))
            {
                yield return new(time, SeriesMarkKind.Reset, "counters reset");
            }

            (known, failed) = (reading, false);
        }

        if (failed && known is { } last && scale.IsGap(last.At, latest.At))
        {
            yield return Gap(last, latest.At.ToUnixTimeMilliseconds(), failed);
        }
    }

    private static SeriesMark Gap(ReadingMarker last, long until, bool failed) =>
        new(last.At.ToUnixTimeMilliseconds(), SeriesMarkKind.Gap, failed ? "the server did not answer" : "the console was not watching",
            until);
}
