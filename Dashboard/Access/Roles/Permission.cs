namespace Dashboard.Access.Roles;

/// <summary>One thing an operator may be allowed. Each has one policy, and is checked where the act happens.</summary>
/// <param name="Id">Stable; the name of its policy.</param>
/// <param name="Act">What it is, to follow "you may not": <c>flush a cache</c>.</param>
/// <param name="From">The least role that holds it; of roles beside each other, this one alone.</param>
/// <param name="Acts">It changes something: it needs a person who is not idle.</param>
/// <param name="Destroys">It cannot be taken back: it needs a password or code given within the last five minutes.</param>
/// <param name="OfInstance">It is granted for each instance.</param>
internal sealed record Permission(
    string Id, string Act, OperatorRole From, bool Acts = false, bool Destroys = false, bool OfInstance = false)
{
    /// <summary>Any role, for any instance: who is on call must see all three to know which one hurts.</summary>
    public static readonly Permission Watch = new("watch", "see the board", OperatorRole.Viewer);

    public static readonly Permission ReadAudit = new("audit.read", "read the audit log", OperatorRole.Operator);

    public static readonly Permission Reclaim = new("reclaim", "reclaim expired keys", OperatorRole.Operator, Acts: true, OfInstance: true);

    public static readonly Permission ListTokens = new("tokens.list", "list access tokens", OperatorRole.TokenAdmin, OfInstance: true);

    public static readonly Permission RevokeTokens =
        new("tokens.revoke", "revoke access tokens", OperatorRole.TokenAdmin, Acts: true, Destroys: true, OfInstance: true);

    public static readonly Permission Flush =
        new("flush", "flush a cache", OperatorRole.FlushAdmin, Acts: true, Destroys: true, OfInstance: true);

    /// <summary>Accounts, grants, machine tokens, and a restored audit log.</summary>
    public static readonly Permission ManageAccess =
        new("access.manage", "decide who may what", OperatorRole.Owner, Acts: true, Destroys: true);

    public static IReadOnlyList<Permission> All { get; } = [Watch, ReadAudit, Reclaim, ListTokens, RevokeTokens, Flush, ManageAccess];

    public bool IsHeldBy(OperatorRole role) => role == From || role == OperatorRole.Owner
        || (From is OperatorRole.Viewer or OperatorRole.Operator && role > From);

    public override string ToString() => Id;
}
