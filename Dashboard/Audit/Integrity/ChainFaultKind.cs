namespace Dashboard.Audit.Integrity;

/// <summary>In which way a log is not what was written.</summary>
internal enum ChainFaultKind
{
    /// <summary>A row's content is not what was sealed.</summary>
    Changed,

    /// <summary>A row stands where another one was.</summary>
    Moved,

    /// <summary>Rows were taken out, and what follows still hangs on them.</summary>
    Removed,

    /// <summary>Rows are missing, and what follows was written without them: a backup was put back, or the end was cut off.</summary>
    Lost,

    /// <summary>A row does not hang on the one before it.</summary>
    Detached,

    /// <summary>There is no row, but what only rows led to is there: all of them were taken away, and the head file with them.</summary>
    Emptied,

    /// <summary>The head file is gone.</summary>
    HeadMissing,

    /// <summary>The head file is not what was written.</summary>
    HeadChanged,

    /// <summary>The head file tells of another row than the log has.</summary>
    HeadDiffers,

    /// <summary>The key is not the one the log was written with.</summary>
    OtherKey,
}
