namespace Dashboard.Metrics;

/// <summary>Memory as a share of maxmemory over a stretch of time, counted as the server counts it against its limit.</summary>
internal static class MemoryFill
{
    private static readonly Lazy<(int Used, int Max, int NotCounted)> Slots = new(() =>
        (MetricCatalog.Gauge("used_memory"), MetricCatalog.Gauge("maxmemory"), MetricCatalog.Gauge("mem_not_counted")));

    /// <returns>Mean and extremes, 0 to about 100; null without a limit or without facts.</returns>
    public static MetricValue? Percent(Reading reading)
    {
        var (used, max, notCounted) = (
            reading.Gauges[Slots.Value.Used], reading.Gauges[Slots.Value.Max], reading.Gauges[Slots.Value.NotCounted]);
        return used.Seconds > 0 && max is { Seconds: > 0, Last: > 0 }
            ? new MetricValue(Share(used.Mean!.Value), Share(used.Min), Share(used.Max))
            : null;

        double Share(double bytes) => 100 * Math.Max(0, bytes - (notCounted.Mean ?? 0)) / max.Last;
    }
}
