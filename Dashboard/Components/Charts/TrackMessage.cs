using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>Points of one line by column: times (unix ms), values, and the lows and highs of buckets, null when there are none.</summary>
internal sealed record TrackMessage(long[] T, double?[] V, double?[]? Lo, double?[]? Hi)
{
    public static TrackMessage Of(IEnumerable<SeriesPoint> points)
    {
        SeriesPoint[] all = [.. points];
        var banded = all.Any(point => point.Low is not null);
        return new(
            [.. all.Select(point => point.Time)],
            [.. all.Select(point => Finite(point.Value))],
            banded ? [.. all.Select(point => Finite(point.Low))] : null,
            banded ? [.. all.Select(point => Finite(point.High))] : null);
    }

    /// <summary>JSON has no NaN; and neither has a chart a place for it.</summary>
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
