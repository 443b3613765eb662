using System.Reflection;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey.Commands;

/// <summary>Everything a connection sends, as <see cref="IValkeyServer"/> declares it.</summary>
internal static class DeclaredCommands
{
    /// <summary>Of the connections with these duties to a server of this purpose.</summary>
    public static IReadOnlyList<UsesCommandAttribute> Of(Purpose purpose, params ReadOnlySpan<ConnectionRole> roles) => Of(typeof(IValkeyServer), purpose, roles);

    /// <param name="calls">The interface that declares them: one of ours, or a test's.</param>
    public static IReadOnlyList<UsesCommandAttribute> Of(Type calls, Purpose purpose, params ReadOnlySpan<ConnectionRole> roles)
    {
        var wanted = roles.ToArray();
        return [.. calls.GetCustomAttributes<UsesCommandAttribute>()
            .Concat(calls.GetMethods().SelectMany(call => call.GetCustomAttributes<UsesCommandAttribute>()))
            .Where(sends => sends.For.Contains(purpose) && sends.On.Intersect(wanted).Any())];
    }

    /// <summary>The commands of the client library's map for one connection.</summary>
    public static HashSet<string> MapOf(Instance instance, ConnectionRole role) => [.. Of(instance.Purpose, role)
        .Where(sends => !sends.ByHand && !sends.InScript && (!sends.UnnamedUserOnly || instance.For(role).User is null))
        .Select(sends => sends.Command.Name)];
}
