using System.Collections.Frozen;
using Dashboard.Access.Roles;

namespace Dashboard.Access.Oidc;

/// <summary>Maps values of the roles claim to roles. Values are compared exactly, including case. Pure.</summary>
internal sealed class RoleMap
{
    private readonly FrozenDictionary<string, Grants> _grants;

    private RoleMap(Dictionary<string, Grants> grants) => _grants = grants.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Returns all roles that the values give; values that are not listed give nothing.</summary>
    public Grants Of(IEnumerable<string> values) =>
        new([.. values.SelectMany(value => _grants.TryGetValue(value, out var grants) ? grants.All : []).Distinct()]);

    /// <param name="text">For example <c>ops = operator, flush-admin@cache; leads = owner</c>.</param>
    /// <param name="instances">The ids of the instances for which roles may be granted.</param>
    /// <param name="fault">What is wrong and what to write instead; null when nothing is.</param>
    public static RoleMap Parse(string text, IEnumerable<string> instances, out string? fault)
    {
        var map = new Dictionary<string, Grants>(StringComparer.Ordinal);
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The value may contain an equals sign; roles do not.
            var at = entry.LastIndexOf('=');
            var (value, roles) = at < 0 ? ("", entry) : (entry[..at].TrimEnd(), entry[(at + 1)..]);
            var grants = Grants.Parse(roles, out var unknown);
            fault = FaultOf(value, unknown, grants, instances)
                ?? (map.TryAdd(value, grants) ? null : $"names '{Short(value)}' twice. Write its roles in one place, separated by commas.");
            if (fault is not null)
            {
                return new([]);
            }
        }

        fault = map.Count == 0
            ? "is missing: no one could sign in. "
                + "Write which value of the claim gives which roles, for example: ops = operator, flush-admin@cache; leads = owner."
            : null;
        return new(map);
    }

    private static string? FaultOf(string value, string? unknown, Grants grants, IEnumerable<string> instances) =>
        value.Length == 0
            ? "has an entry without '=' or without a value before it. Write, for example: ops = operator, flush-admin@cache; leads = owner."
        : unknown is not null
        ? $"gives '{Short(value)}' the role '{Short(unknown)}', which does not exist. "
            + $"The roles are {RoleNames.Known}; all but owner may end in @ and an instance."
        : grants.All.IsEmpty ? $"gives '{Short(value)}' no role. Write one after '=', or leave the entry out."
        : grants.All.FirstOrDefault(grant => grant.Instance is { } one && !instances.Contains(one.Value)) is { } lost
        ? $"names '{lost}', but there is no such instance. Known here: {string.Join(", ", instances)}."
        : null;

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
