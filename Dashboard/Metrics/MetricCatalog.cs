using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>Every metric of the console, one line each. A metric added here is kept in history, and can be charted and exported.</summary>
public static class MetricCatalog
{
    public static ImmutableArray<CounterMetric> Counters { get; } = Number(
    [
        new CounterMetric("keyspace_hits", Unit.PerSecond, "hits", "Reads of keys that were there.", s => s.Stats.Hits),
        new("keyspace_misses", Unit.PerSecond, "misses", "Reads of keys that were not there.", s => s.Stats.Misses),
        new("evicted_keys", Unit.PerSecond, "evictions", "Keys removed to make room. Normal on cache, never on cable or session.",
            s => s.Stats.Evicted),
        new("expired_keys", Unit.PerSecond, "expirations", "Keys removed because they expired.", s => s.Stats.Expired),
        new("commands", Unit.PerSecond, "operations", "Commands processed, all clients together.", s => s.Stats.Commands),
        new("net_input_bytes", Unit.BytesPerSecond, "network in", "Bytes the server read from its clients.", s => s.Stats.NetIn),
        new("net_output_bytes", Unit.BytesPerSecond, "network out", "Bytes the server wrote to its clients.", s => s.Stats.NetOut),
        new("connections_received", Unit.PerSecond, "new connections", "Connections accepted. A high rate means that clients do not "
            + "reuse theirs.", s => s.Clients.Received),
        new("rejected_connections", Unit.PerSecond, "rejected connections", "Connections refused because maxclients was reached.",
            s => s.Clients.Rejected),
        new("error_replies", Unit.PerSecond, "error replies", "Commands answered with an error.", s => s.Stats.ErrorReplies),
        new("errors_oom", Unit.PerSecond, "OOM errors", "Writes refused because memory is full (errorstat_OOM).",
            s => s.Errors.Count("OOM")),
        new("errors_misconf", Unit.PerSecond, "MISCONF errors", "Writes refused because the server cannot save to disk "
            + "(errorstat_MISCONF).", s => s.Errors.Count("MISCONF")),
        new("output_buffer_disconnections", Unit.PerSecond, "slow subscribers dropped", "Clients cut off because they did not read fast "
            + "enough. Valkey 8, Redis 7.2 and later report it.", s => s.Stats.OutputBufferDisconnections),
        new("changes", Unit.PerSecond, "writes", "Changes of keys (rdb_changes_since_last_save), "
            + "which the server resets to 0 at a snapshot.", s => s.Persistence.ChangesSinceSave, FallsAlone: true),
        new("aof_delayed_fsync", Unit.PerSecond, "delayed fsyncs", "Times the append-only file's fsync delayed the main thread.",
            s => s.Persistence.AofDelayedFsync),
        new("expire_cap_reached", Unit.PerSecond, "expiry cycles cut short", "Expiry cycles that reached their time limit: "
            + "a backlog of expired keys.", s => s.Stats.ExpireCapReached),
        new("eventloop_us", Unit.PerSecond, "event-loop time", "Microseconds the event loop was busy.", s => s.Stats.EventLoopMicroseconds),
        new("cpu_seconds", Unit.PerSecond, "CPU", "Processor seconds, all threads.", s => s.Cpu.All),
        new("cpu_main_seconds", Unit.PerSecond, "main-thread CPU", "Processor seconds of the main thread.", s => s.Cpu.MainThread),
        new("denied_auth", Unit.PerSecond, "rejected passwords", "Sign-ins refused by the server (acl_access_denied_auth).",
            s => s.Stats.DeniedAuth),
    ], (metric, slot) => metric with { Slot = slot });

    public static ImmutableArray<GaugeMetric> Gauges { get; } = Number(
    [
        new GaugeMetric("used_memory", Unit.Bytes, "memory used", "Memory the server counts as its own.", p => p.Snapshot.Memory.Used),
        new("maxmemory", Unit.Bytes, "maxmemory", "The limit; 0 means none.", p => p.Snapshot.Memory.Max),
        new("used_memory_rss", Unit.Bytes, "resident memory", "Memory the operating system has given the process.",
            p => p.Snapshot.Memory.Rss),
        new("mem_not_counted", Unit.Bytes, "memory not counted", "Replication and AOF buffers, which the limit leaves out.",
            p => p.Snapshot.Memory.NotCounted),
        new("used_memory_dataset", Unit.Bytes, "dataset", "Memory of the data itself.", p => p.Snapshot.Memory.Dataset),
        new("keys", Unit.Count, "keys", "Keys in all databases.", p => p.Snapshot.Keyspace.Keys),
        new("keys_with_ttl", Unit.Count, "keys with TTL", "Keys that will expire.", p => p.Snapshot.Keyspace.Expires),
        new("connected_clients", Unit.Count, "clients", "Client connections. On cable these are application processes, not WebSockets.",
            p => p.Snapshot.Clients.Connected),
        new("maxclients", Unit.Count, "maxclients", "Client connections allowed.", p => p.Snapshot.Clients.Max),
        new("blocked_clients", Unit.Count, "blocked clients", "Clients waiting in a blocking command.", p => p.Snapshot.Clients.Blocked),
        new("pubsub_channels", Unit.Count, "channels", "Channels with at least one subscriber.", p => p.Snapshot.Stats.PubSubChannels),
        new("pubsub_patterns", Unit.Count, "patterns", "Pattern subscriptions.", p => p.Snapshot.Stats.PubSubPatterns),
        new("aof_size", Unit.Bytes, "AOF size", "Size of the append-only file.", p => p.Snapshot.Persistence.AofSize),
        new("aof_base_size", Unit.Bytes, "AOF base size", "Its size after the last rewrite.", p => p.Snapshot.Persistence.AofBaseSize),
        new("expired_stale_percent", Unit.Percent, "expired but not removed", "The server's estimate of keys past their time that still "
            + "take memory.", p => p.Snapshot.Stats.ExpiredStalePercent),
        new("replicas", Unit.Count, "replicas", "Replicas attached.", p => p.Snapshot.Replication.Replicas),
        new("app_processes", Unit.Count, "app processes", "Application processes listening on cable (subscribers of "
            + "_action_cable_internal).", p => p.Supplementary.AppProcesses),
        new("identities_online", Unit.Count, "identities online", "Signed-in identities with a live socket (channels action_cable/*), "
            + "counted each minute.", p => p.Supplementary.IdentitiesOnline),
    ], (metric, slot) => metric with { Slot = slot });

    public static ImmutableArray<DurationMetric> Durations { get; } = Number(
    [
        new DurationMetric("round_trip", "round trip", "From sending INFO to receiving its reply, "
            + "measured by the console.", p => p.RoundTrip),
    ], (metric, slot) => metric with { Slot = slot });

    public static ImmutableArray<DerivedMetric> Derived { get; } =
    [
        new("hit_rate", Unit.Percent, "hit rate", "Δhits ÷ (Δhits + Δmisses); unknown under 100 lookups.",
            ["keyspace_hits", "keyspace_misses"], HitRate.Percent, Trailing: 10),
        new("memory_fill", Unit.Percent, "memory of maxmemory", "(used − not counted) ÷ maxmemory.",
            ["used_memory", "maxmemory", "mem_not_counted"], reading => MemoryFill.Percent(reading)),
        new("keys_without_ttl", Unit.Count, "keys without TTL", "Keys − keys with TTL: they never expire.",
            ["keys", "keys_with_ttl"], reading => KeysWithoutTtl.Count(reading)),
        new("event_loop_busy", Unit.Percent, "event-loop busy", "Share of time the event loop was busy; "
            + "the main thread's CPU where the server does not report it (Redis 7.0).", ["eventloop_us", "cpu_main_seconds"],
                reading => EventLoop.BusyPercent(reading)),
    ];

    /// <summary>All metrics; ids are unique.</summary>
    public static ImmutableArray<Metric> All { get; } = [.. Counters, .. Gauges, .. Durations, .. Derived];

    private static readonly Dictionary<string, Metric> ById = All.ToDictionary(metric => metric.Id, StringComparer.Ordinal);

    /// <returns>The metric, or null when none has this id.</returns>
    public static Metric? Find(string id) => ById.GetValueOrDefault(id);

    /// <exception cref="KeyNotFoundException">No metric has this id.</exception>
    public static Metric Get(string id) => ById[id];

    public static int Counter(string id) => ((CounterMetric)Get(id)).Slot;

    public static int Gauge(string id) => ((GaugeMetric)Get(id)).Slot;

    private static ImmutableArray<T> Number<T>(T[] metrics, Func<T, int, T> number) => [.. metrics.Select(number)];
}
