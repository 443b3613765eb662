namespace Dashboard.Access.Roles;

/// <summary>One thing that an operator may be allowed to do. Each has one policy, and is checked where the act happens.</summary>
/// <param name="Id">The stable id; also the name of its policy.</param>
/// <param name="Act">The act, to follow "you may not": <c>flush a cache</c>.</param>
/// <param name="From">The lowest role that holds it; of two roles that do not include each other, only this one.</param>
/// <param name="Acts">The act changes something: the person must not be idle.</param>
/// <param name="Destroys">The act cannot be undone: a password or code must have been given within the last five minutes.</param>
/// <param name="OfInstance">The permission is granted for each instance.</param>
internal sealed record Permission(
    string Id, string Act, OperatorRole From, bool Acts = false, bool Destroys = false, bool OfInstance = false)
{
    /// <summary>Any role, for any instance: a person on call must see all instances to know which one fails.</summary>
    public static readonly Permission Watch = new("watch", "see the board", OperatorRole.Viewer);

    public static readonly Permission ReadAudit = new("audit.read", "read the audit log", OperatorRole.Operator);

    public static readonly Permission Reclaim = new("reclaim", "reclaim expired keys", OperatorRole.Operator, Acts: true, OfInstance: true);

    public static readonly Permission ListTokens = new("tokens.list", "list access tokens", OperatorRole.TokenAdmin, OfInstance: true);

    public static readonly Permission RevokeTokens =
        new("tokens.revoke", "revoke access tokens", OperatorRole.TokenAdmin, Acts: true, Destroys: true, OfInstance: true);

    public static readonly Permission Flush =
        new("flush", "flush a cache", OperatorRole.FlushAdmin, Acts: true, Destroys: true, OfInstance: true);

    /// <summary>Covers accounts, grants, machine tokens, and a restored audit log.</summary>
    public static readonly Permission ManageAccess =
        new("access.manage", "decide who may do what", OperatorRole.Owner, Acts: true, Destroys: true);

    public static IReadOnlyList<Permission> All { get; } = [Watch, ReadAudit, Reclaim, ListTokens, RevokeTokens, Flush, ManageAccess];

    public bool IsHeldBy(OperatorRole role) => role == From || role == OperatorRole.Owner
        || (From is OperatorRole.Viewer or OperatorRole.Operator && role > From);

    public override string ToString() => Id;
}
