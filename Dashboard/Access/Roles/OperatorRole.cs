namespace Dashboard.Access.Roles;

/// <summary>
/// What an operator is trusted with. Each role includes the lower ones, but <see cref="TokenAdmin"/> and <see cref="FlushAdmin"/> do not
/// include each other.
/// </summary>
public enum OperatorRole
{
    /// <summary>Sees the board and its history; changes nothing.</summary>
    Viewer,

    /// <summary>Also reads the audit log and reclaims expired keys.</summary>
    Operator,

    /// <summary>Also lists and revokes access tokens.</summary>
    TokenAdmin,

    /// <summary>Also flushes a cache.</summary>
    FlushAdmin,

    /// <summary>May do everything, and decides who may do what.</summary>
    Owner,
}
