namespace Dashboard.Audit.Events;

/// <summary>The kinds of rows, as the file names them.</summary>
internal static class AuditKind
{
    /// <summary>Something that happened at once.</summary>
    public const string Event = "event";

    /// <summary>Something is about to be done.</summary>
    public const string Intent = "intent";

    /// <summary>What came of an intent.</summary>
    public const string Outcome = "outcome";

    /// <summary>What came of an intent after all, when its outcome was already written down as unknown.</summary>
    public const string Late = "late";

    /// <summary>An owner acknowledged that rows are missing because a backup was put back.</summary>
    public const string Restored = "restored";
}
