using Dashboard.Components.Charts;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>Which charts an instance's page shows, by purpose: what the purpose has no use for is left out. A series' id is its metric's.</summary>
internal static class InstanceCharts
{
    public static IReadOnlyList<ChartGroup> Of(Purpose purpose) =>
    [
        new("Traffic",
        [
            .. When(purpose is not Purpose.Cable, HitRate),
            Chart("operations", "Operations", "commands"),
            Chart("network", "Network", ("net_output_bytes", "out"), ("net_input_bytes", "in")),
            Chart("round-trip", "Round trip", "round_trip"),
            Chart("busy", "Event-loop busy", "event_loop_busy"),
            Chart("errors", "Error replies", "error_replies"),
        ]),
        new("Memory",
        [
            Chart("memory", "Memory", ("used_memory", "used"), ("maxmemory", "maxmemory")),
            Chart("resident", "Resident and dataset", ("used_memory_rss", "resident"), ("used_memory_dataset", "dataset")),
        ]),
        .. When(purpose is not Purpose.Cable, new ChartGroup("Keys",
        [
            Chart("keys", "Keys", ("keys", "all"), ("keys_without_ttl", "without TTL")),
            Removals,
        ])),
        new("Clients",
        [
            Chart("clients", "Clients", ("connected_clients", "connected"), ("blocked_clients", "blocked")),
            Chart("connections", "Connections", ("connections_received", "new"), ("rejected_connections", "rejected")),
            .. When(purpose is Purpose.Cable, Chart("channels", "Subscribed channels", "pubsub_channels")),
            .. When(purpose is Purpose.Cable, Chart("listeners", "Listeners", ("identities_online", "identities"), ("app_processes", "app processes"))),
            .. When(purpose is Purpose.Cable, Chart("dropped", "Slow subscribers dropped", "output_buffer_disconnections")),
        ]),
        .. When(purpose is Purpose.Session or Purpose.Other, new ChartGroup("Persistence",
        [
            Chart("writes", "Writes", "changes"),
            Chart("aof", "Append-only file", ("aof_size", "size"), ("aof_base_size", "after rewrite")),
            Chart("fsync", "Delayed fsyncs", "aof_delayed_fsync"),
        ])),
    ];

    /// <summary>What the overview shows of the cache.</summary>
    public static ChartSpec HitRate { get; } = Chart("hit-rate", "Hit rate", "hit_rate") with { AxisMax = 100 };

    public static ChartSpec Removals { get; } = Chart("removals", "Evictions and expirations", ("evicted_keys", "evicted"), ("expired_keys", "expired"));

    private static ChartSpec Chart(string id, string title, string metric) => Chart(id, title, [(metric, MetricCatalog.Get(metric).Title)]);

    /// <param name="lines">Metric and its short name within this chart, the one the chart is about first.</param>
    private static ChartSpec Chart(string id, string title, params (string Metric, string Name)[] lines)
    {
        var about = MetricCatalog.Get(lines[0].Metric);
        return new(id, title, about.Unit, [.. lines.Select((line, index) => new SeriesSpec(line.Metric, line.Name, ToneOf(line.Metric, index)))]) { Note = about.Help };
    }

    private static Tone ToneOf(string metric, int index) => metric == "maxmemory" ? Tone.Faint : index == 0 ? Tone.Accent : Tone.Muted;

    private static T[] When<T>(bool shown, T item) => shown ? [item] : [];
}
