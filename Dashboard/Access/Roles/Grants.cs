using System.Collections.Immutable;
using Dashboard.Instances;

namespace Dashboard.Access.Roles;

/// <summary>All roles granted to one operator. Pure.</summary>
public sealed record Grants(ImmutableArray<Grant> All)
{
    public static Grants None { get; } = new([]);

    /// <summary>Whether the operator holds a permission that changes something, on any instance.</summary>
    internal bool AllowAnyAct => Permission.All.Any(permission => permission.Acts && Allow(permission));

    public bool IsOwner => All.Any(grant => grant.Role == OperatorRole.Owner);

    /// <param name="instance">The instance that the act affects; null asks whether the permission is held for any.</param>
    internal bool Allow(Permission permission, InstanceId? instance = null) => All.Any(grant =>
        permission.IsHeldBy(grant.Role)
            && (grant.Instance is null || !permission.OfInstance || instance is null || grant.Instance == instance));

    /// <summary>The written form, separated by commas: <c>operator, flush-admin@cache</c>.</summary>
    public override string ToString() => string.Join(", ", All.Select(grant => grant.ToString()).Order(StringComparer.Ordinal));

    /// <param name="fault">The first word that is no grant; null when all are.</param>
    public static Grants Parse(string text, out string? fault)
    {
        var words = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        fault = words.FirstOrDefault(word => Grant.Parse(word) is null);
        return new([.. words.Select(Grant.Parse).OfType<Grant>().Distinct()]);
    }
}
