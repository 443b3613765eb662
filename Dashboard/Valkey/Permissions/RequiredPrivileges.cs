using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Permissions;

/// <summary>What the user of one connection must be allowed, and the ACL lines that allow it. None of them holds a password.</summary>
/// <param name="patterns">The settings' patterns of keys; null for the defaults.</param>
internal sealed class RequiredPrivileges(Instance instance, ConnectionRole role, KeyPatterns? patterns = null)
{
    private readonly KeyPatterns _patterns = patterns ?? KeyPatterns.Default;

    /// <summary>The roles that sign in with this connection's credential, its own included: what any of them sends is not excess.</summary>
    private readonly ConnectionRole[] _roles =
        [.. instance.Roles.Where(other => instance.For(other) == instance.For(role))];

    /// <summary>The commands that have to be granted.</summary>
    public IReadOnlyList<UsesCommandAttribute> Declared =>
        [.. DeclaredCommands.Of(instance.Purpose, _patterns, _roles).Where(sends => !sends.UnnamedUserOnly && !sends.IsOptional)];

    public int Count => Declared.DistinctBy(sends => sends.Command.Grant).Count();

    /// <summary>The commands that this connection can send at all, whatever its user may do.</summary>
    public IReadOnlyList<string> Sendable => [.. DeclaredCommands.MapOf(instance, role).Order(StringComparer.Ordinal)];

    /// <summary>The line that adds what a user lacks.</summary>
    /// <param name="grants">E.g. <c>pubsub|numsub</c>, or <see cref="AclRules.AllDatabases"/>.</param>
    public string LineToGrant(string user, IReadOnlyList<string> grants)
    {
        var lacking = Declared.Where(sends => grants.Contains(sends.Command.Grant)).ToList();
        return string.Join(' ', (string[])[
            "ACL SETUSER", user,
            .. lacking.Where(sends => !sends.InSelector).SelectMany(sends => sends.Keys).Distinct().Select(key => $"~{key}"),
            .. lacking.SelectMany(sends => sends.Channels).Distinct().Select(channel => $"&{channel}"),
            .. grants.Except(lacking.Where(sends => sends.InSelector).Select(sends => sends.Command.Grant))
                .Select(grant => grant == AclRules.AllDatabases ? grant : $"+{grant}"),
            .. AclRules.Selectors(lacking)]);
    }

    /// <summary>The line that leaves a user what is needed and nothing else; its password stays.</summary>
    public string LineToReduce(string user) => $"ACL SETUSER {user} clearselectors {AclRules.Of(Declared)}";

    /// <summary>The line that creates a user for this role alone.</summary>
    public string LineToMake =>
        $"ACL SETUSER {AclRules.UserOf(role)} on #<sha256 of its password> "
        + AclRules.Of(DeclaredCommands.Of(instance.Purpose, _patterns, role));
}
