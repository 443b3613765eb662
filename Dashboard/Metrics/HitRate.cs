namespace Dashboard.Metrics;

/// <summary>Hit rate over a stretch of time, from its stored parts.</summary>
internal static class HitRate
{
    /// <summary>With fewer lookups than this, the rate is unknown.</summary>
    public const double MinLookups = 100;

    private static readonly Lazy<(int Hits, int Misses)> Slots =
        new(() => (MetricCatalog.Counter("keyspace_hits"), MetricCatalog.Counter("keyspace_misses")));

    /// <returns>0 to 100, or null under <see cref="MinLookups"/> and where only one of the two counters is known.</returns>
    public static MetricValue? Percent(Reading reading)
    {
        var (hits, misses) = (reading.Counters[Slots.Value.Hits], reading.Counters[Slots.Value.Misses]);
        var lookups = hits.Delta + misses.Delta;
        return lookups >= MinLookups && SameStretch(hits, misses) ? 100 * hits.Delta / lookups : null;
    }

    /// <summary>Hits of a time whose misses are not known are not a share of anything. The store rounds seconds a little.</summary>
    private static bool SameStretch(CounterCell hits, CounterCell misses) =>
        Math.Abs(hits.Seconds - misses.Seconds) <= 0.001 * hits.Seconds;
}
