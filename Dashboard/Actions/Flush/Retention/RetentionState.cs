namespace Dashboard.Actions.Flush.Retention;

/// <summary>How far a flush with Undo is. <see cref="RetentionDecision"/> has the transitions.</summary>
public enum RetentionState
{
    /// <summary>The exchange of databases was asked for; whether it happened is not recorded yet.</summary>
    Pending,

    /// <summary>The content is in the spare database, and Undo can bring it back.</summary>
    Retained,

    /// <summary>Undo is bringing it back.</summary>
    Restoring,

    /// <summary>It is being deleted.</summary>
    Purging,

    /// <summary>It was brought back, deleted, never moved, or lost.</summary>
    Closed,
}
