using Dashboard.Access.Roles;

namespace Dashboard.Components.Access;

/// <summary>What a role includes, in words, for whoever grants it.</summary>
internal static class RoleText
{
    /// <summary>E.g. <c>see the board, read the audit log, flush a cache</c>, derived from the permissions themselves.</summary>
    public static string Of(OperatorRole role) => role == OperatorRole.Owner
        ? "everything on all instances, and who may do what"
        : string.Join(", ", Permission.All.Where(permission => permission.IsHeldBy(role)).Select(permission => permission.Act));
}
