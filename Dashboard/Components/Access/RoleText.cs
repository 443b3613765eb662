using Dashboard.Access.Roles;

namespace Dashboard.Components.Access;

/// <summary>What a role includes, in words, for whoever grants it.</summary>
internal static class RoleText
{
    /// <summary>E.g. <c>see the board, read the audit log, flush a cache</c>, derived from the permissions themselves.</summary>
    public static string Of(OperatorRole role) => role switch
    {
        OperatorRole.Owner => "everything on all instances, and who may do what",
        _ when Acts(role, used: false) is { Length: > 0 } unused =>
            $"{Acts(role, used: true)}; {unused}, which this version does not offer yet",
        _ => Acts(role, used: true),
    };

    private static string Acts(OperatorRole role, bool used) => string.Join(
        ", ",
        Permission.All.Where(permission => permission.IsHeldBy(role) && OfferedAccess.Uses(permission) == used)
            .Select(permission => permission.Act));
}
