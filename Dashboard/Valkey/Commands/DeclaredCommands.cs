using System.Reflection;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey.Commands;

/// <summary>
/// Everything a connection sends, as <see cref="IServerWatcher"/>, <see cref="IServerActor"/> and <see cref="IServerBackplane"/>
/// declare it.
/// </summary>
internal static class DeclaredCommands
{
    /// <summary>The commands of the connections with these roles to a server of this purpose.</summary>
    public static IReadOnlyList<UsesCommandAttribute> Of(Purpose purpose, params ReadOnlySpan<ConnectionRole> roles) =>
        Of(purpose, KeyPatterns.Default, roles);

    /// <param name="patterns">The settings' patterns of keys.</param>
    public static IReadOnlyList<UsesCommandAttribute> Of(
        Purpose purpose, KeyPatterns patterns, params ReadOnlySpan<ConnectionRole> roles) =>
        [.. Of(purpose, [.. roles.ToArray().Select(CallsOf)]).SelectMany(sends => sends.With(patterns))];

    /// <param name="calls">The interfaces that declare them, with those they extend: the console's, or a test's.</param>
    public static IReadOnlyList<UsesCommandAttribute> Of(Purpose purpose, IEnumerable<Type> calls) =>
    [
        .. calls.SelectMany(one => one.GetInterfaces().Append(one)).Distinct()
            .SelectMany(DeclaredOn).Where(sends => purpose.Profile.Includes(sends.For)),
    ];

    /// <summary>The commands that some calls of an interface send.</summary>
    /// <param name="names">The names of its methods.</param>
    public static IReadOnlyList<UsesCommandAttribute> Of(Type calls, params IReadOnlyList<string> names) =>
        [.. names.SelectMany(name => calls.GetMethod(name)!.GetCustomAttributes<UsesCommandAttribute>())];

    /// <summary>The commands that the client library's map allows on one connection.</summary>
    public static HashSet<string> MapOf(Instance instance, ConnectionRole role) => [.. Of(instance.Purpose, role)
        .Where(sends => !sends.ByHand && !sends.InScript && (!sends.UnnamedUserOnly || instance.For(role).User is null))
        .Select(sends => sends.Command.Name)];

    /// <summary>The interface of a connection with this role.</summary>
    private static Type CallsOf(ConnectionRole role) => role switch
    {
        ConnectionRole.Watch => typeof(IServerWatcher),
        ConnectionRole.Act => typeof(IServerActor),
        _ => typeof(IServerBackplane),
    };

    private static IEnumerable<UsesCommandAttribute> DeclaredOn(Type calls) => calls.GetCustomAttributes<UsesCommandAttribute>()
        .Concat(calls.GetMethods().SelectMany(call => call.GetCustomAttributes<UsesCommandAttribute>()));
}
