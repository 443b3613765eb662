namespace Dashboard.Metrics;

/// <summary>How busy the server's one main thread was over a stretch of time.</summary>
internal static class EventLoop
{
    private static readonly Lazy<(int EventLoop, int MainCpu)> Slots =
        new(() => (MetricCatalog.Counter("eventloop_us"), MetricCatalog.Counter("cpu_main_seconds")));

    /// <returns>0 to 100, from the event loop's own clock, otherwise from the main thread's CPU time (Redis 7.0); null when the server
    /// reports neither.</returns>
    public static MetricValue? BusyPercent(Reading reading)
    {
        var loop = reading.Counters[Slots.Value.EventLoop];
        var cpu = reading.Counters[Slots.Value.MainCpu];
        return loop.Rate is { } microseconds ? Percent(microseconds / 10_000, loop.Peak / 10_000)
            : cpu.Rate is { } seconds ? Percent(seconds * 100, cpu.Peak * 100)
            : null;
    }

    private static MetricValue Percent(double mean, double peak) =>
        new(Math.Min(100, mean), Math.Min(100, mean), Math.Min(100, Math.Max(mean, peak)));
}
