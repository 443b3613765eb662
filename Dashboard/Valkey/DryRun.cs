namespace Dashboard.Valkey;

/// <summary>What <c>ACL DRYRUN</c> says of one command.</summary>
internal enum DryRun
{
    Allowed,

    /// <summary>The user may not run it.</summary>
    Refused,

    /// <summary>The user may run it, but not on this key or channel.</summary>
    OutOfScope,
}
