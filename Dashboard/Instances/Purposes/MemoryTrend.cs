namespace Dashboard.Instances.Purposes;

/// <summary>What a memory meter shows besides its numbers.</summary>
public enum MemoryTrend
{
    /// <summary>The share in use.</summary>
    Share,

    /// <summary>When memory will be full at the present rate, where that is known; otherwise the share.</summary>
    TimeToFull,

    /// <summary>Where the server evicts, that it is filling or full, which is normal; otherwise the share.</summary>
    FullIsNormal,
}
