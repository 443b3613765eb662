using Dashboard.Instances;

namespace Dashboard.Access.Roles;

/// <summary>A role for one instance or for all.</summary>
/// <param name="Instance">The instance; null means all, including future ones. A role for the whole console (owner) is for all.</param>
public sealed record Grant(OperatorRole Role, InstanceId? Instance = null)
{
    /// <summary>The written form, such as <c>viewer</c> or <c>flush-admin@cache</c>.</summary>
    public override string ToString() => Instance is { } instance ? $"{RoleNames.Of(Role)}@{instance}" : RoleNames.Of(Role);

    /// <returns>Null for what is no grant: an unknown role, an impossible instance, or an owner of one instance only.</returns>
    public static Grant? Parse(string text)
    {
        var parts = text.Trim().Split('@');
        if (RoleNames.Parse(parts[0]) is not { } role || parts.Length > 2)
        {
            return null;
        }

        return parts.Length == 1 ? new(role)
            : role != OperatorRole.Owner && InstanceId.Parse(parts[1]) is { } instance ? new(role, instance)
            : null;
    }
}
