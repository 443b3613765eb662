using Dashboard.Metrics;

namespace Dashboard.Monitoring;

/// <summary>
/// Estimates when an instance's memory will be full at the rate of the last quarter of an hour. It is labelled as an estimate where it is
/// shown.
/// </summary>
internal static class TimeToFull
{
    /// <summary>About as many readings as this are used, evenly spread, which is enough for a line.</summary>
    private const int Points = 90;

    private static readonly int UsedMemory = MetricCatalog.Gauge("used_memory");

    /// <returns>Null when memory does not rise steadily, no limit is set, or too little is known.</returns>
    public static TimeSpan? Of(InstanceState state)
    {
        if (state.Facts?.Snapshot.Memory.Max is not > 0)
        {
            return null;
        }

        var step = Math.Max(1, state.Recent.All.Length / Points);
        var points = state.Recent.All
            .Zip(state.Recent.Uptimes, (reading, uptime) => (Memory: reading.Gauges[UsedMemory], Uptime: uptime))
            .Where((point, index) => index % step == 0 && point.Memory.Seconds > 0)
            .Select(point => (point.Uptime.TotalSeconds, point.Memory.Last))
            .ToList();
        return Forecast.TimeTo(state.Facts.Snapshot.Memory.Max.Value, points);
    }
}
