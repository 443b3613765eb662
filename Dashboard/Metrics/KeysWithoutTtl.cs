namespace Dashboard.Metrics;

/// <summary>The number of keys that never expire, over a stretch of time.</summary>
internal static class KeysWithoutTtl
{
    private static readonly Lazy<(int Keys, int WithTtl)> Slots =
        new(() => (MetricCatalog.Gauge("keys"), MetricCatalog.Gauge("keys_with_ttl")));

    public static MetricValue? Count(Reading reading)
    {
        var (keys, withTtl) = (reading.Gauges[Slots.Value.Keys], reading.Gauges[Slots.Value.WithTtl]);
        return keys.Mean - withTtl.Mean is { } mean ? Math.Max(0, mean) : null;
    }
}
