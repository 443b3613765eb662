using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>Thins a chart to the rows a person would read.</summary>
internal static class ChartRows
{
    /// <summary>More rows than this nobody reads, and each is redrawn every second.</summary>
    public const int Most = 30;

    /// <summary>
    /// At most <see cref="Most"/> rows at even steps over the window, the newest first. Rows are readings that were taken, not means.
    /// </summary>
    public static IEnumerable<ChartRow> Newest(ChartFeed feed)
    {
        var lead = feed.Points(0);
        if (lead.Count == 0)
        {
            yield break;
        }

        var step = (lead.Count + Most - 1) / Most;
        for (var i = lead.Count - 1; i >= 0; i -= step)
        {
            var time = lead[i].Time;
            yield return new(
                time, TimeSpan.FromMilliseconds(lead[^1].Time - time),
                [.. feed.Spec.Series.Select((_, series) => ValueAt(feed.Points(series), time))]);
        }
    }

    private static double? ValueAt(IReadOnlyList<SeriesPoint> points, long time)
    {
        for (var i = points.Count - 1; i >= 0 && points[i].Time >= time; i--)
        {
            if (points[i].Time == time)
            {
                return points[i].Value;
            }
        }

        return null;
    }
}
