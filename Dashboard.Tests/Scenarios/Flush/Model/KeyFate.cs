namespace Dashboard.Scenarios.Flush.Model;

/// <summary>What became of a key in the spare database.</summary>
internal enum KeyFate
{
    /// <summary>An Undo moved it back.</summary>
    Restored,

    /// <summary>An Undo found a newer one in its place, and removed it.</summary>
    Replaced,

    /// <summary>The purge deleted it.</summary>
    Deleted,

    /// <summary>Another client or the server removed or overwrote it.</summary>
    Evicted,
}
