using System.Security.Cryptography;
using System.Text;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Permissions;

/// <summary>The ACL rules of the console's users: they grant what is declared, and no more.</summary>
internal static class AclRules
{
    /// <summary>The name that <c>secrets/generate</c> and the demo give to the user of a role.</summary>
    public static string UserOf(ConnectionRole role) => $"dash-{role.ToString().ToLowerInvariant()}";

    /// <summary>Lets a user of Valkey 9.1 use every database, as every new user may; older servers do not know this rule.</summary>
    public const string AllDatabases = "alldbs";

    /// <summary>
    /// E.g. <c>resetkeys resetchannels -@all +acl|whoami +echo +info</c>; the same string loads on Valkey 8 and on Redis 7.0.
    /// </summary>
    /// <param name="roles">Several for a user that is used for several.</param>
    public static string Of(Purpose purpose, params ReadOnlySpan<ConnectionRole> roles) => Of(DeclaredCommands.Of(purpose, roles));

    public static string Of(IEnumerable<UsesCommandAttribute> declared)
    {
        var all = declared.Where(sends => !sends.UnnamedUserOnly && !sends.IsOptional).ToList();
        var granted = all.Where(sends => !sends.InSelector).ToList();
        return string.Join(' ', (string[])[
            "resetkeys", .. Sorted(granted.SelectMany(sends => sends.Keys), "~"),
            "resetchannels", .. Sorted(granted.SelectMany(sends => sends.Channels), "&"),
            "-@all", .. Sorted(granted.Select(sends => sends.Command.Grant), "+"), .. Selectors(all)]);
    }

    /// <summary>
    /// E.g. <c>(~dashboard:flush -@all +get +set)</c>: rights for some keys, beside the rights of the user for others. The server joins all
    /// words up to the closing parenthesis.
    /// </summary>
    public static IEnumerable<string> Selectors(IEnumerable<UsesCommandAttribute> declared) =>
        declared.Where(sends => sends.InSelector).GroupBy(sends => string.Join(' ', Sorted(sends.Keys, "~")))
            .Select(keys => $"({keys.Key} -@all {string.Join(' ', Sorted(keys.Select(sends => sends.Command.Grant), "+"))})");

    /// <summary>The line of a server's configuration that creates the user. It holds only the hash of the password.</summary>
    public static string Line(Purpose purpose, ConnectionRole role, string password) =>
        $"user {UserOf(role)} on #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)))} {Of(purpose, role)}";

    private static IEnumerable<string> Sorted(IEnumerable<string> words, string sign) =>
        words.Distinct().Order(StringComparer.Ordinal).Select(word => sign + word);
}
