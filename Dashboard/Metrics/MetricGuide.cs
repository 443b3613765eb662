using System.Collections.Frozen;

namespace Dashboard.Metrics;

/// <summary>What good looks like, for each metric, in one sentence or two; where it depends on the purpose, for each.</summary>
internal static class MetricGuide
{
    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keyspace_hits"] = "Follows your traffic. A sudden fall with the same traffic means that keys are gone.",
        ["keyspace_misses"] = "Small beside hits. Each miss is work for the database.",
        ["evicted_keys"] = "On a full cache, any steady number below 1 % of operations. On cable and session: 0.",
        ["expired_keys"] = "Any number: keys end at the time that was set for them.",
        ["commands"] = "Follows your traffic. A fall to almost 0 means that the application no longer reaches the server.",
        ["net_input_bytes"] = "Follows your traffic, well below what the network can carry.",
        ["net_output_bytes"] = "Follows your traffic, well below what the network can carry. Much more than usual: large values, or KEYS.",
        ["connections_received"] = "Near 0 in normal operation: application processes keep their connections.",
        ["rejected_connections"] = "0. Above it, clients are locked out: find who keeps connections open, or raise maxclients.",
        ["error_replies"] = "0, or a small steady number. A sudden rise names itself in INFO, errorstat_*.",
        ["errors_oom"] = "0. Above it, writes are lost.",
        ["errors_misconf"] = "0. Above it, every write is refused until the server can write to its disk again.",
        ["output_buffer_disconnections"] = "0. Above it, a client was cut off because it read too slowly; a subscriber missed messages.",
        ["changes"] = "On cable: almost 0, because messages are not keys. Elsewhere it follows your traffic.",
        ["aof_delayed_fsync"] = "0, or a rare 1. A steady number means that the disk is too slow.",
        ["expire_cap_reached"] = "0. A steady number means that keys expire faster than the server removes them.",
        ["eventloop_us"] = "Below 700,000 a second: above it, commands begin to wait for each other.",
        ["cpu_seconds"] = "Below the number of processors that the server may use.",
        ["cpu_main_seconds"] = "Below 0.7: the main thread has one processor.",
        ["denied_auth"] = "0. A few after a password change are clients with the old one; many may be somebody who tries.",
        ["used_memory"] = "Below maxmemory. A full cache stands just below it, which is normal; cable and session need room to spare.",
        ["maxmemory"] = "Set, and with all instances together below the memory of the host.",
        ["used_memory_rss"] = "At most 1.5 times the memory used. More: fragmentation, or a copy for a save in progress.",
        ["mem_not_counted"] = "Small. It comes on top of maxmemory.",
        ["used_memory_dataset"] = "Most of the memory used. The rest is buffers and the tables of keys.",
        ["keys"] = "On cable: 0. Elsewhere steady, or moving slowly with your traffic.",
        ["keys_with_ttl"] = "On session: all keys. On cache: most.",
        ["keys_without_ttl"] = "On session: 0, because such a token never ends. On cache they end by eviction.",
        ["connected_clients"] = "Steady, and below 80 % of maxclients.",
        ["maxclients"] = "At least twice the clients of a normal day.",
        ["blocked_clients"] = "0 on cache, cable and session. Only queues wait in blocking commands.",
        ["pubsub_channels"] = "On cable it follows the people online. Elsewhere 0.",
        ["pubsub_patterns"] = "0: Action Cable subscribes to channels, not to patterns.",
        ["aof_size"] = "Up to twice its size after the last rewrite, and at least 64 MB: then the server rewrites it.",
        ["aof_base_size"] = "About the size of the data.",
        ["expired_stale_percent"] = "Below 10 %. More: reclaim expired keys.",
        ["replicas"] = "As many as you set up; 0 if none.",
        ["app_processes"] = "One for each process that somebody was connected to: a process listens from its first WebSocket on.",
        ["identities_online"] = "Follows the people online.",
        ["round_trip"] = "Below 5 ms in one data centre. Above 50 ms, pages that use this server become slow.",
        ["hit_rate"] = "80 % and more once the cache is warm. After a flush or a restart it climbs back within minutes.",
        ["memory_fill"] = "On a cache just below 100 % once it is full. On cable and session below 70 %.",
        ["event_loop_busy"] = "Below 70 %. Near 100 %, commands wait for each other.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The metrics that have a sentence.</summary>
    public static IReadOnlyCollection<string> Ids => Sentences.Keys;

    /// <exception cref="KeyNotFoundException">No metric has this id.</exception>
    public static string Of(string id) => Sentences[id];
}
