namespace Dashboard.Instances.Purposes;

/// <summary>What a filling memory means for a purpose.</summary>
public sealed record MemoryProfile
{
    /// <summary>Shares of maxmemory above which there is a finding; null where a full memory is normal or nothing is promised.</summary>
    public required MemoryLimits? Limits { get; init; }

    /// <summary>What the meter shows beside the numbers.</summary>
    public required MemoryTrend Trend { get; init; }

    /// <summary>What to do when writes are refused for lack of memory.</summary>
    public required string Remedy { get; init; }

    /// <summary>The same where the server is set not to evict any key.</summary>
    public required string RemedyWithoutEviction { get; init; }
}
