namespace Dashboard.Valkey;

/// <summary>What <c>ACL DRYRUN</c> says of one command.</summary>
internal enum DryRun
{
    Allowed,

    /// <summary>The user may not run it.</summary>
    Refused,

    /// <summary>The user may run it, but not on this key or channel.</summary>
    OutOfScope,

    /// <summary>Not on this database, may the user run it or not: Valkey 9.1 keeps users to some, and looks at that first.</summary>
    OtherDatabase,
}
