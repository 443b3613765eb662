using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>Lowest, mean, highest and last known value of a line; all null where nothing is known.</summary>
public sealed record PlotSummary(double? Low, double? Mean, double? High, double? Last)
{
    /// <summary>Nothing is known.</summary>
    public static readonly PlotSummary Unknown = new(null, null, null, null);

    /// <summary>Over these points. Gaps count for nothing; a bucket's low and high count, so that no spike is lost.</summary>
    public static PlotSummary Of(IEnumerable<SeriesPoint> points)
    {
        var (low, high, sum, last, known) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0.0, 0);
        foreach (var point in points)
        {
            if (point.Value is not { } value)
            {
                continue;
            }

            low = Math.Min(low, point.Low ?? value);
            high = Math.Max(high, point.High ?? value);
            sum += value;
            last = value;
            known++;
        }

        return known == 0 ? Unknown : new(low, sum / known, high, last);
    }
}
