namespace Dashboard.Changes;

/// <summary>What can change in the console's store.</summary>
internal enum ChangeKind
{
    /// <summary>More changed than was kept for a subscriber: everything must be read again.</summary>
    Everything,

    /// <summary>A run began, advanced, was asked to stop, or ended.</summary>
    Run,

    /// <summary>What a run left behind, such as a flush that can be undone, began, advanced or ended.</summary>
    Aftermath,

    /// <summary>A session began, was confirmed, or ended.</summary>
    Session,

    /// <summary>An account changed: its roles, its password, whether it is disabled, its last sign-in.</summary>
    Account,

    /// <summary>An API token was created, revoked, adopted or stopped. Its use is not a change.</summary>
    ApiToken,

    /// <summary>A row was added to the audit log.</summary>
    AuditRow,
}
