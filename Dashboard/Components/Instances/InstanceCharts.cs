using System.Collections.Frozen;
using Dashboard.Components.Charts;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>The charts that an instance's purpose names. A series' id is its metric's.</summary>
internal static class InstanceCharts
{
    private static readonly FrozenDictionary<string, ChartSpec> Specs = ((ChartSpec[])
    [
        Chart("hit-rate", "Hit rate", "hit_rate") with { AxisMax = 100 },
        Chart("operations", "Operations", "commands"),
        Chart("network", "Network", ("net_output_bytes", "out"), ("net_input_bytes", "in")),
        Chart("round-trip", "Round trip", "round_trip"),
        Chart("busy", "Event-loop busy", "event_loop_busy"),
        Chart("errors", "Error replies", "error_replies"),
        Chart("memory", "Memory", ("used_memory", "used"), ("maxmemory", "maxmemory")),
        Chart("resident", "Resident and dataset", ("used_memory_rss", "resident"), ("used_memory_dataset", "dataset")),
        Chart("keys", "Keys", ("keys", "all"), ("keys_without_ttl", "without TTL")),
        Chart("removals", "Evictions and expirations", ("evicted_keys", "evicted"), ("expired_keys", "expired")),
        Chart("clients", "Clients", ("connected_clients", "connected"), ("blocked_clients", "blocked")),
        Chart("connections", "Connections", ("connections_received", "new"), ("rejected_connections", "rejected")),
        Chart("channels", "Subscribed channels", "pubsub_channels"),
        Chart("listeners", "Listeners", ("identities_online", "identities"), ("app_processes", "app processes")),
        Chart("dropped", "Slow subscribers dropped", "output_buffer_disconnections"),
        Chart("writes", "Writes", "changes"),
        Chart("aof", "Append-only file", ("aof_size", "size"), ("aof_base_size", "after rewrite")),
        Chart("fsync", "Delayed fsyncs", "aof_delayed_fsync"),
    ]).ToFrozenDictionary(spec => spec.Id);

    /// <summary>The charts on an instance's page.</summary>
    public static IReadOnlyList<ChartGroup> Of(Purpose purpose) =>
        [.. purpose.Profile.Charts.Select(group => Group(group.Title, group.Charts))];

    /// <summary>The charts of an instance on the overview.</summary>
    public static ChartGroup OfOverview(Purpose purpose) => Group("", purpose.Profile.OverviewCharts);

    private static ChartGroup Group(string title, IEnumerable<string> charts) => new(title, [.. charts.Select(id => Specs[id])]);

    private static ChartSpec Chart(string id, string title, string metric) => Chart(id, title, [(metric, MetricCatalog.Get(metric).Title)]);

    /// <param name="lines">Each metric with its short name within this chart; the chart's main metric first.</param>
    private static ChartSpec Chart(string id, string title, params (string Metric, string Name)[] lines)
    {
        var about = MetricCatalog.Get(lines[0].Metric);
        var series = lines.Select((line, index) => new SeriesSpec(line.Metric, line.Name, ToneOf(line.Metric, index)));
        var help = lines.Select(line => MetricCatalog.Get(line.Metric).Help);
        return new(id, title, about.Unit, [.. series])
        {
            Note = lines.Length == 1 ? about.Help : string.Join(' ', lines.Zip(help, (line, text) => $"{line.Name}: {text}")),
            Help = lines.Length == 1 ? about.Help : string.Join('\n', lines.Zip(help, (line, text) => $"{line.Name}: {text}")),
            Good = lines.Length == 1
                ? about.Good
                : string.Join('\n', lines.Select(line => $"{line.Name}: {MetricCatalog.Get(line.Metric).Good}")),
        };
    }

    private static Tone ToneOf(string metric, int index) => metric == "maxmemory" ? Tone.Faint : index == 0 ? Tone.Accent : Tone.Muted;
}
