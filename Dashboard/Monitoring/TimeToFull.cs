using Dashboard.Metrics;

namespace Dashboard.Monitoring;

/// <summary>Estimates when an instance's memory will be full. It is labelled as an estimate where it is shown.</summary>
/// <remarks>
/// What is no further away than the readings reach back is read from the last quarter of an hour. What is further needs an hour of
/// readings, and is a range: the trend of all of them and that of the later half.
/// </remarks>
internal static class TimeToFull
{
    /// <summary>About as many readings as this are used, evenly spread, which is enough for a line.</summary>
    private const int Points = 90;

    private static readonly TimeSpan LongTrail = TimeSpan.FromHours(1);

    private static readonly int UsedMemory = MetricCatalog.Gauge("used_memory");

    /// <returns>Null when memory does not rise steadily, no limit is set, or too little is known.</returns>
    public static FullIn? Of(InstanceState state) => state.Facts?.Snapshot.Memory.Max is > 0 and var limit
        ? Soon(state, limit) ?? Later(state.MemoryTrail.Points, limit)
        : null;

    private static FullIn? Soon(InstanceState state, double limit)
    {
        var step = Math.Max(1, state.Recent.All.Length / Points);
        var points = state.Recent.All
            .Zip(state.Recent.Uptimes, (reading, uptime) => (Memory: reading.Gauges[UsedMemory], Uptime: uptime))
            .Where((point, index) => index % step == 0 && point.Memory.Seconds > 0)
            .Select(point => (point.Uptime.TotalSeconds, point.Memory.Last))
            .ToList();
        return Forecast.TimeTo(limit, points) is { } left && left <= Length(points) ? new(left, left) : null;
    }

    private static FullIn? Later(IReadOnlyList<(double Seconds, double Value)> points, double limit) =>
        Length(points) >= LongTrail && Forecast.TimeTo(limit, points) is { } whole
            && Forecast.TimeTo(limit, [.. points.Skip(points.Count / 2)]) is { } late
            ? new(whole < late ? whole : late, whole < late ? late : whole)
            : null;

    private static TimeSpan Length(IReadOnlyList<(double Seconds, double Value)> points) =>
        points.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(points[^1].Seconds - points[0].Seconds);
}
