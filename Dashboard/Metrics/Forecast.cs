namespace Dashboard.Metrics;

/// <summary>Estimates when memory will be full at its recent rate: a straight line through the readings, unknown unless it fits.</summary>
internal static class Forecast
{
    /// <summary>The least share of the variance that the line must explain (R²), so that noise gives no forecast.</summary>
    private const double MinFit = 0.7;

    /// <summary>The seconds of readings that the line needs.</summary>
    private const double MinSpan = 120;

    /// <param name="points">Time in seconds and bytes, oldest first.</param>
    /// <returns>The time from the last point until <paramref name="limit"/>; null when the value does not rise, the line does not fit, the
    /// limit is more than a year away, or too little is known.</returns>
    public static TimeSpan? TimeTo(double limit, IReadOnlyList<(double Seconds, double Value)> points)
    {
        if (points.Count < 10 || points[^1].Seconds - points[0].Seconds < MinSpan)
        {
            return null;
        }

        var (meanX, meanY) = (points.Average(p => p.Seconds), points.Average(p => p.Value));
        var xx = points.Sum(p => (p.Seconds - meanX) * (p.Seconds - meanX));
        var yy = points.Sum(p => (p.Value - meanY) * (p.Value - meanY));
        var xy = points.Sum(p => (p.Seconds - meanX) * (p.Value - meanY));
        var (slope, fit) = (xy / xx, yy > 0 ? xy * xy / (xx * yy) : 0);
        var left = (limit - points[^1].Value) / slope;
        return slope > 0 && fit >= MinFit && left is >= 0 and < 365 * 86_400 ? TimeSpan.FromSeconds(left) : null;
    }
}
