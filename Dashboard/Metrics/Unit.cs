namespace Dashboard.Metrics;

/// <summary>What a number counts, which decides how it is written.</summary>
public enum Unit
{
    /// <summary>A plain number: keys, clients.</summary>
    Count,

    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>Events per second.</summary>
    PerSecond,

    /// <summary>Bytes, written in binary multiples as the servers do (1 MB = 1,048,576 bytes).</summary>
    Bytes,

    /// <summary>Bytes per second.</summary>
    BytesPerSecond,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>A plain ratio such as fragmentation.</summary>
    Ratio,
}
