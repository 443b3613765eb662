namespace Dashboard.Access.Roles;

/// <summary>
/// What an operator is trusted with. Each role holds what the lesser ones hold; <see cref="TokenAdmin"/> and <see cref="FlushAdmin"/> stand
/// beside each other.
/// </summary>
public enum OperatorRole
{
    /// <summary>Sees the board and its history, changes nothing.</summary>
    Viewer,

    /// <summary>Also reads the audit log and reclaims expired keys.</summary>
    Operator,

    /// <summary>Also lists and revokes access tokens.</summary>
    TokenAdmin,

    /// <summary>Also flushes a cache.</summary>
    FlushAdmin,

    /// <summary>Everything, and decides who may what.</summary>
    Owner,
}
