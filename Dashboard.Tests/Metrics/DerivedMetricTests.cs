namespace Dashboard.Metrics;

/// <summary>Hit rate, memory fill, busy and keys without TTL: computed from stored parts, unknown where there is too little.</summary>
public class DerivedMetricTests
{
    [Theory]
    [InlineData(80, 20, 80.0, "enough lookups")]
    [InlineData(100, 0, 100.0, "all found")]
    [InlineData(0, 100, 0.0, "none found: a true 0")]
    [InlineData(99, 0, null, "99 lookups are too few")]
    [InlineData(0, 0, null, "idle is unknown, not 0 %")]
    public void HitRate_OverAStretch(double hits, double misses, double? expected, string reason)
    {
        var reading = Given.Reading(("keyspace_hits", hits), ("keyspace_misses", misses));

        Assert.True(Over("hit_rate", reading) == expected, reason);
    }

    [Fact]
    public void HitRate_AcrossAGap_IsThatOfTheKnownParts()
    {
        var reading = Given.Reading(("keyspace_hits", 90), ("keyspace_misses", 10)).Then(Reading.Nothing(Given.Start))
            .Then(Given.Reading(("keyspace_hits", 30), ("keyspace_misses", 70)));

        Assert.Equal(60, Over("hit_rate", reading));
    }

    [Fact]
    public void HitRate_OfHitsWhoseMissesAreNotKnown_IsUnknown()
    {
        Assert.Null(Over("hit_rate", Given.Reading(("keyspace_hits", 500))));
        Assert.Null(Over("hit_rate", Given.Reading(("keyspace_misses", 500))));
        Assert.Null(
            Over("hit_rate", Given.Reading(("keyspace_hits", 500), ("keyspace_misses", 5)).Then(Given.Reading(("keyspace_hits", 500)))));
    }

    [Theory]
    [InlineData(50.0, 100.0, 0.0, 50.0, "half")]
    [InlineData(50.0, 100.0, null, 50.0, "unknown buffers count as none")]
    [InlineData(50.0, 100.0, 10.0, 40.0, "what the limit leaves out is left out")]
    [InlineData(50.0, 0.0, 0.0, null, "no limit, no share")]
    [InlineData(null, 100.0, 0.0, null, "use unknown")]
    [InlineData(50.0, null, 0.0, null, "limit unknown")]
    public void MemoryFill_OverAStretch(double? used, double? max, double? notCounted, double? expected, string reason)
    {
        var reading = Given.Reading([.. Known(("used_memory", used), ("maxmemory", max), ("mem_not_counted", notCounted))]);

        Assert.True(Over("memory_fill", reading) == expected, $"{reason}: {Over("memory_fill", reading)}");
    }

    [Fact]
    public void MemoryFill_KeepsItsExtremes()
    {
        var reading = Given.Reading(("used_memory", 20), ("maxmemory", 100)).Then(Given.Reading(("used_memory", 60), ("maxmemory", 100)));

        Assert.Equal(new MetricValue(40, 20, 60), MetricCatalog.Get("memory_fill").Over(reading));
    }

    [Theory]
    [InlineData(250_000.0, 0.9, 25.0, "the event loop's own clock is preferred")]
    [InlineData(null, 0.9, 90.0, "Redis 7.0 has none: the main thread's CPU stands in")]
    [InlineData(null, null, null, "neither is reported")]
    [InlineData(2_000_000.0, null, 100.0, "never more than all of the time")]
    [InlineData(0.0, null, 0.0, "idle is a true 0")]
    public void EventLoopBusy_OverASecond(double? microseconds, double? cpu, double? expected, string reason)
    {
        var reading = Given.Reading([.. Known(("eventloop_us", microseconds), ("cpu_main_seconds", cpu))]);

        Assert.True(Over("event_loop_busy", reading) is { } busy ? Math.Abs(busy - expected!.Value) < 1e-9 : expected is null, reason);
    }

    [Theory]
    [InlineData("redis-7.0.15-session")]
    [InlineData("valkey-8.0.1-session")]
    public void EventLoopBusy_IsKnownOnBothServers(string recording)
    {
        var reading = ReadingFold.Between(Given.Answered(recording), Given.Answered(recording, 1), TimeSpan.FromSeconds(1));

        Assert.Equal(0, Over("event_loop_busy", reading));
    }

    [Theory]
    [InlineData(5037.0, 5000.0, 37.0, "some never expire")]
    [InlineData(10.0, 11.0, 0.0, "the two are read at one moment, but never below none")]
    [InlineData(10.0, null, null, "unknown")]
    [InlineData(0.0, 0.0, 0.0, "no keys at all")]
    public void KeysWithoutTtl_OverAStretch(double? keys, double? withTtl, double? expected, string reason)
    {
        Assert.True(Over("keys_without_ttl", Given.Reading([.. Known(("keys", keys), ("keys_with_ttl", withTtl))])) == expected, reason);
    }

    private static double? Over(string metric, Reading reading) => MetricCatalog.Get(metric).Over(reading)?.Value;

    private static IEnumerable<(string, double)> Known(params (string Metric, double? Value)[] parts) =>
        parts.Where(part => part.Value is not null).Select(part => (part.Metric, part.Value!.Value));
}
