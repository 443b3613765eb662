namespace Dashboard.Valkey;

/// <summary>What <c>ACL DRYRUN</c> answers for one command.</summary>
internal enum DryRun
{
    Allowed,

    /// <summary>The user may not run it.</summary>
    Refused,

    /// <summary>The user may run it, but not on this key or channel.</summary>
    OutOfScope,

    /// <summary>
    /// The user may not use this database. Valkey 9.1 can limit users to some databases, and checks that before the command.
    /// </summary>
    OtherDatabase,
}
