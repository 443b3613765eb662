using Dashboard.Metrics;

namespace Dashboard.Architecture;

public sealed class StoredIdsTests
{
    /// <summary>Every id that a file in use may hold. Add to it; never remove from it.</summary>
    private static readonly string[] Known =
    [
        "counter keyspace_hits", "counter keyspace_misses", "counter evicted_keys", "counter expired_keys", "counter commands",
        "counter net_input_bytes", "counter net_output_bytes", "counter connections_received", "counter rejected_connections",
        "counter error_replies", "counter errors_oom", "counter errors_misconf", "counter output_buffer_disconnections", "counter changes",
        "counter aof_delayed_fsync", "counter expire_cap_reached", "counter eventloop_us", "counter cpu_seconds", "counter "
            + "cpu_main_seconds",
        "counter denied_auth",
        "gauge used_memory", "gauge maxmemory", "gauge used_memory_rss", "gauge mem_not_counted", "gauge used_memory_dataset", "gauge keys",
        "gauge keys_with_ttl", "gauge connected_clients", "gauge maxclients", "gauge blocked_clients", "gauge pubsub_channels",
        "gauge pubsub_patterns", "gauge aof_size", "gauge aof_base_size", "gauge expired_stale_percent", "gauge replicas",
        "gauge app_processes", "gauge identities_online",
        "duration round_trip",
    ];

    private static IEnumerable<string> Stored =>
    [
        .. MetricCatalog.Counters.Select(metric => $"counter {metric.Id}"),
        .. MetricCatalog.Gauges.Select(metric => $"gauge {metric.Id}"),
        .. MetricCatalog.Durations.Select(metric => $"duration {metric.Id}"),
    ];

    [Fact]
    public void NoStoredId_IsEverRemoved()
    {
        var removed = Known.Except(Stored).ToList();

        Assert.True(
            removed.Count == 0,
            $"History files hold columns of these metrics, and no metric reads them any more: {string.Join(", ", removed)}. An id is never "
                + $"renamed, removed or given another kind.");
    }

    [Fact]
    public void EveryStoredId_IsOnTheList()
    {
        var fresh = Stored.Except(Known).ToList();

        Assert.True(
            fresh.Count == 0,
            $"New metrics: {string.Join(", ", fresh)}. Their ids are for ever; when you are sure of them, add them to the list in this "
                + $"test.");
    }

    [Fact]
    public void Ids_AreValidColumnNames()
    {
        Assert.All(MetricCatalog.All, metric => Assert.Matches("^[a-z][a-z0-9_]{0,39}$", metric.Id));
    }
}
