namespace Dashboard.Metrics.Series;

/// <summary>Finds restarts, resets and gaps in readings.</summary>
internal static class SeriesMarks
{
    /// <param name="markers">Oldest first.</param>
    /// <param name="scale">Decides how far apart readings may be before there is a gap between them.</param>
    public static IEnumerable<SeriesMark> Of(IEnumerable<ReadingMarker> markers, ChartScale scale)
    {
        var (known, latest) = ((ReadingMarker?)null, default(ReadingMarker));
        var failures = (ReadingFlags?)null;
        foreach (var reading in markers)
        {
            latest = reading;
            var time = reading.At.ToUnixTimeMilliseconds();
            if (!reading.Knows)
            {
                failures = (failures ?? ReadingFlags.None) | reading.Marks;
                continue;
            }

            if (known is { } before && scale.IsGap(before.At, reading.At))
            {
                yield return Gap(before, time, failures);
            }

            if (reading.IsRestartAfter(known))
            {
                yield return new(time, SeriesMarkKind.Restart, "restart");
            }
            else if (reading.Has(ReadingFlags.Reset))
            {
                yield return new(time, SeriesMarkKind.Reset, "counters reset");
            }

            (known, failures) = (reading, null);
        }

        if (failures is not null && known is { } last && scale.IsGap(last.At, latest.At))
        {
            yield return Gap(last, latest.At.ToUnixTimeMilliseconds(), failures);
        }
    }

    private static SeriesMark Gap(ReadingMarker last, long until, ReadingFlags? failures) =>
        new(last.At.ToUnixTimeMilliseconds(), SeriesMarkKind.Gap, WordsOf(failures), until);

    /// <param name="failures">
    /// The marks of the polls that failed; null when there were none. Readings of earlier versions have no cause.
    /// </param>
    private static string WordsOf(ReadingFlags? failures) =>
        (failures & (ReadingFlags.Refused | ReadingFlags.Unanswered | ReadingFlags.Rejected)) switch
        {
            null => "the console was not watching",
            ReadingFlags.Refused => "the server refused connections",
            ReadingFlags.Rejected => "the server answered with an error",
            ReadingFlags.None or ReadingFlags.Unanswered => "the server did not answer",
            { } several => string.Join(", ", Several(several)),
        };

    private static IEnumerable<string> Several(ReadingFlags failures)
    {
        yield return failures.HasFlag(ReadingFlags.Refused) ? "the server refused connections" : "the server did not answer";
        if (failures.HasFlag(ReadingFlags.Refused) && failures.HasFlag(ReadingFlags.Unanswered))
        {
            yield return "or did not answer";
        }

        if (failures.HasFlag(ReadingFlags.Rejected))
        {
            yield return "or answered with an error";
        }
    }
}
