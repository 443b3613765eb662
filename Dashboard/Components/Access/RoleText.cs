using Dashboard.Access.Roles;

namespace Dashboard.Components.Access;

/// <summary>What a role includes, in words, for whoever grants it.</summary>
internal static class RoleText
{
    /// <summary>Permissions that nothing in this version asks for.</summary>
    private static readonly Permission[] Unused = [Permission.ListTokens, Permission.RevokeTokens];

    /// <summary>E.g. <c>see the board, read the audit log, flush a cache</c>, derived from the permissions themselves.</summary>
    public static string Of(OperatorRole role) => role switch
    {
        OperatorRole.Owner => "everything on all instances, and who may do what",
        OperatorRole.TokenAdmin => $"{Held(role)}; revoke access tokens, which this version does not offer yet",
        _ => Held(role),
    };

    private static string Held(OperatorRole role) => string.Join(
        ", ", Permission.All.Where(permission => permission.IsHeldBy(role)).Except(Unused).Select(permission => permission.Act));
}
