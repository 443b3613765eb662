namespace Dashboard.Audit.Integrity;

/// <summary>The ways in which a log is not what was written.</summary>
internal enum ChainFaultKind
{
    /// <summary>The content of a row is not what was sealed.</summary>
    Changed,

    /// <summary>A row is in the place of another one.</summary>
    Moved,

    /// <summary>Rows were removed, and the next row still follows them.</summary>
    Removed,

    /// <summary>Rows are missing, and the next row was written without them: a backup was put back, or the end was cut off.</summary>
    Lost,

    /// <summary>A row does not follow the one before it.</summary>
    Detached,

    /// <summary>There is no row, but data that is only written together with rows: all rows and the head file were removed.</summary>
    Emptied,

    /// <summary>The head file is missing.</summary>
    HeadMissing,

    /// <summary>The head file is not what was written.</summary>
    HeadChanged,

    /// <summary>The head file names another row than the log has.</summary>
    HeadDiffers,

    /// <summary>The key is not the one with which the log was written.</summary>
    OtherKey,
}
