namespace Dashboard.Instances.Purposes;

/// <summary>What a memory meter says besides its numbers.</summary>
public enum MemoryTrend
{
    /// <summary>The share in use.</summary>
    Share,

    /// <summary>When it will be full at the present rate, where that can be told; else the share.</summary>
    TimeToFull,

    /// <summary>Where the server evicts, that it fills or is full as it should be; else the share.</summary>
    FullIsNormal,
}
