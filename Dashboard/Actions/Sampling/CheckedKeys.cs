namespace Dashboard.Actions.Sampling;

/// <summary>Which keys of a database were checked.</summary>
internal enum CheckedKeys
{
    /// <summary>A sample, picked without regard to their names.</summary>
    Sample,

    /// <summary>A part, by a search that has not ended or was ended early.</summary>
    FirstPart,

    /// <summary>All of them.</summary>
    All,
}
