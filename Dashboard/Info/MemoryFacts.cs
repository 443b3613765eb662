namespace Dashboard.Info;

/// <summary>Memory in bytes and what happens when it is full.</summary>
/// <param name="Max"><c>maxmemory</c>; 0 means unlimited.</param>
/// <param name="NotCounted"><c>mem_not_counted_for_evict</c>: replication and AOF buffers, which the limit does not count.</param>
public sealed record MemoryFacts(
    long? Used, long? Max, long? Rss, long? NotCounted, long? Dataset, long? Overhead, long? Startup, string? EvictionPolicy,
    double? Fragmentation, long? LazyFreePending)
{
    public static MemoryFacts From(InfoReply info) => new(
        info.Count("used_memory"), info.Count("maxmemory"), info.Count("used_memory_rss"), info.Count("mem_not_counted_for_evict"),
        info.Count("used_memory_dataset"), info.Count("used_memory_overhead"), info.Count("used_memory_startup"),
        info.Word("maxmemory_policy"), info.Real("mem_fragmentation_ratio"), info.Count("lazyfree_pending_objects"));

    /// <summary>
    /// Share of <c>maxmemory</c> in use, 0 to about 1, as the server's own limit counts it: null without a limit or without facts.
    /// </summary>
    public double? Fill => Max is > 0 && Used is { } used ? Math.Max(0, used - (NotCounted ?? 0)) / (double)Max : null;

    /// <summary>
    /// Whether any key may be evicted to make room (<c>allkeys-lru</c>, <c>-lfu</c>, <c>-random</c>); null when the policy is not known.
    /// </summary>
    public bool? EvictsAnyKey => EvictionPolicy?.StartsWith("allkeys-", StringComparison.Ordinal);
}
