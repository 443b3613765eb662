namespace Dashboard.Info;

/// <summary>What a <see cref="ServerNote"/> is about.</summary>
public enum ServerNoteKind
{
    /// <summary>Upstream has fixed security faults since this version.</summary>
    Security,

    /// <summary>Upstream no longer fixes this line.</summary>
    Unsupported,

    /// <summary>The licence differs from what people expect of the name.</summary>
    Licence,
}
