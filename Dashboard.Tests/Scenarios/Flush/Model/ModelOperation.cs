namespace Dashboard.Scenarios.Flush.Model;

/// <summary>What operators, applications and time do, one after the other.</summary>
internal enum ModelOperation
{
    Flush,
    Undo,

    /// <summary>The retention is ended early.</summary>
    GiveUp,

    /// <summary>The console looks after what is kept.</summary>
    Sweep,

    /// <summary>Some seconds pass.</summary>
    Wait,

    /// <summary>The minute of Undo passes.</summary>
    WaitToEnd,

    /// <summary>Other clients write keys of the flushed database.</summary>
    OthersWrite,

    /// <summary>Other clients write keys of the spare database.</summary>
    OthersWriteSpare,
}
