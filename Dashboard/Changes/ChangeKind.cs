namespace Dashboard.Changes;

/// <summary>What can change in the console's store.</summary>
internal enum ChangeKind
{
    /// <summary>More changed than was kept for a subscriber: everything has to be read again.</summary>
    Everything,

    /// <summary>A run began, moved on, was asked to stop, or ended.</summary>
    Run,

    /// <summary>What a run left open, such as the undo of a flush, began, moved on or ended.</summary>
    Aftermath,

    /// <summary>A session began, was confirmed, or ended.</summary>
    Session,

    /// <summary>An account: its roles, its password, whether it is disabled, its last sign-in.</summary>
    Account,

    /// <summary>An API token was created, revoked, adopted or stopped. Its use is no change.</summary>
    ApiToken,

    /// <summary>A row was added to the audit log.</summary>
    AuditRow,
}
