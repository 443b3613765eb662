namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// The whole state machine of a flush with Undo: the recorded state and what the server shows give the next step. Pure.
/// </summary>
internal static class RetentionDecision
{
    /// <param name="state">As recorded. Of a pending or restoring flush, the run is over; of a retained one, the time is.</param>
    /// <param name="sent">Whether the exchange may have been sent: the token was written before it, and its time recorded.</param>
    /// <param name="foreign">What the check of its names found: null while it is not complete, empty for nothing.</param>
    public static RetentionStep Of(RetentionState state, RetentionEvidence evidence, bool sent, string? foreign) => (state, evidence) switch
    {
        (RetentionState.Closed, _) => RetentionStep.Wait,
        (_, RetentionEvidence.Unreachable or RetentionEvidence.OtherServer) => RetentionStep.Wait,

        (RetentionState.Pending, RetentionEvidence.NotSwapped) => RetentionStep.Withdraw,
        (RetentionState.Pending, RetentionEvidence.Retained) => RetentionStep.Retain,
        (RetentionState.Pending, RetentionEvidence.NoToken) => sent ? RetentionStep.CloseUnknown : RetentionStep.CloseNotDone,

        (RetentionState.Retained, RetentionEvidence.Retained or RetentionEvidence.Restoring or RetentionEvidence.Purging) =>
            foreign switch { null => RetentionStep.Check, "" => RetentionStep.Purge, _ => RetentionStep.Hold },

        (RetentionState.Restoring, RetentionEvidence.Retained or RetentionEvidence.Restoring) => RetentionStep.Restore,

        (RetentionState.Purging, RetentionEvidence.Retained or RetentionEvidence.Restoring or RetentionEvidence.Purging) =>
            RetentionStep.Purge,

        // Evidence that no order of steps leads to, and a token that is gone.
        _ => RetentionStep.CloseUnknown,
    };

    /// <summary>The states of the token from which a purge may begin: an Undo that still runs holds the row in the store.</summary>
    public const string PurgeFrom = $"{Valkey.FlushToken.Open} {Valkey.FlushToken.Restoring}";

    /// <summary>The states of the token from which an Undo may begin: an Undo that ended early leaves its own.</summary>
    public const string RestoreFrom = PurgeFrom;
}
