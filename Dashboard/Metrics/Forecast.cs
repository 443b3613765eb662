namespace Dashboard.Metrics;

/// <summary>When memory will be full at the rate of the last while: a straight line through the readings, unknown unless it fits.</summary>
internal static class Forecast
{
    /// <summary>Least share of the variance the line must explain (R²), so that noise does not make a prophecy.</summary>
    private const double MinFit = 0.7;

    /// <summary>Seconds of readings the line needs.</summary>
    private const double MinSpan = 120;

    /// <param name="points">Time in seconds and bytes, oldest first.</param>
    /// <returns>Time left from the last point until <paramref name="limit"/>; null when it does not rise, does not fit, is further than a
    /// year away, or too little is known.</returns>
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
