using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;

namespace Dashboard.Components.Access;

/// <summary>
/// The roles and scopes that something in this version asks for. Forms offer these, and a role that a person has already; what is missing
/// here can still be stored and is still honored.
/// </summary>
internal static class OfferedAccess
{
    private static readonly OperatorRole[] Roles =
        [OperatorRole.Viewer, OperatorRole.Operator, OperatorRole.FlushAdmin, OperatorRole.Owner];

    /// <summary>The scopes of machine tokens.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [ApiTokenScope.Api];

    /// <summary>The roles to offer, in the order of their power.</summary>
    /// <param name="granted">What the person has already.</param>
    public static IReadOnlyList<OperatorRole> RolesFor(IReadOnlySet<Grant> granted) =>
        [.. Enum.GetValues<OperatorRole>().Where(role => Roles.Contains(role) || granted.Any(grant => grant.Role == role))];

    /// <summary>Whether something asks for a permission: not where only a role holds it that is not offered.</summary>
    public static bool Uses(Permission permission) => Roles.Contains(permission.From);
}
