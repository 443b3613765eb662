namespace Dashboard.Audit.Events;

/// <summary>The kinds of rows, as stored.</summary>
internal static class AuditKind
{
    /// <summary>An act that was done at once.</summary>
    public const string Event = "event";

    /// <summary>An act that is about to begin.</summary>
    public const string Intent = "intent";

    /// <summary>The result of an intent.</summary>
    public const string Outcome = "outcome";

    /// <summary>The result of an intent that arrived after its outcome was recorded as unknown.</summary>
    public const string Late = "late";

    /// <summary>An owner's acknowledgement that rows are missing because a backup was put back.</summary>
    public const string Restored = "restored";
}
