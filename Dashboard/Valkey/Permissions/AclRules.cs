using System.Security.Cryptography;
using System.Text;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Permissions;

/// <summary>The rights of the console's users as servers read them, no more than what is declared to be sent.</summary>
internal static class AclRules
{
    /// <summary>What <c>secrets/generate</c> and the demo call the user of a duty.</summary>
    public static string UserOf(ConnectionRole role) => role == ConnectionRole.Watch ? "dash-watch" : "dash-act";

    /// <summary>Lets a user of Valkey 9.1 into every database, as every new user is; older servers do not know it.</summary>
    public const string AllDatabases = "alldbs";

    /// <summary>
    /// E.g. <c>resetkeys resetchannels -@all +acl|whoami +echo +info</c>; the same string loads on Valkey 8 and on Redis 7.0.
    /// </summary>
    /// <param name="roles">More than one for a user who does both.</param>
    public static string Of(Purpose purpose, params ReadOnlySpan<ConnectionRole> roles) => Of(DeclaredCommands.Of(purpose, roles));

    public static string Of(IEnumerable<UsesCommandAttribute> sendings)
    {
        var granted = sendings.Where(sends => !sends.UnnamedUserOnly).ToList();
        return string.Join(' ', (string[])[
            "resetkeys", .. Sorted(granted.SelectMany(sends => sends.Keys), "~"),
            "resetchannels", .. Sorted(granted.SelectMany(sends => sends.Channels), "&"),
            "-@all", .. Sorted(granted.Select(sends => sends.Command.Grant), "+")]);
    }

    /// <summary>The line of a server's configuration that makes the user. The password is in it as its hash alone.</summary>
    public static string Line(Purpose purpose, ConnectionRole role, string password) =>
        $"user {UserOf(role)} on #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)))} {Of(purpose, role)}";

    private static IEnumerable<string> Sorted(IEnumerable<string> words, string sign) =>
        words.Distinct().Order(StringComparer.Ordinal).Select(word => sign + word);
}
