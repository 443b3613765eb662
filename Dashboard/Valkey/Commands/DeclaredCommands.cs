using System.Reflection;
using Dashboard.Instances;

namespace Dashboard.Valkey.Commands;

/// <summary>Everything a connection sends, as <see cref="IValkeyServer"/> declares it.</summary>
internal static class DeclaredCommands
{
    /// <summary>Of the connections with these duties to a server of this purpose.</summary>
    public static IReadOnlyList<UsesCommandAttribute> Of(Purpose purpose, params ReadOnlySpan<Duty> duties) => Of(typeof(IValkeyServer), purpose, duties);

    /// <param name="calls">The interface that declares them: one of ours, or a test's.</param>
    public static IReadOnlyList<UsesCommandAttribute> Of(Type calls, Purpose purpose, params ReadOnlySpan<Duty> duties)
    {
        var wanted = duties.ToArray();
        return [.. calls.GetCustomAttributes<UsesCommandAttribute>()
            .Concat(calls.GetMethods().SelectMany(call => call.GetCustomAttributes<UsesCommandAttribute>()))
            .Where(sends => sends.For.Contains(purpose) && sends.On.Intersect(wanted).Any())];
    }

    /// <summary>The commands of the client library's map for one connection.</summary>
    public static HashSet<string> MapOf(Instance instance, Duty duty) => [.. Of(instance.Purpose, duty)
        .Where(sends => !sends.ByHand && !sends.InScript && (!sends.UnnamedUserOnly || instance.For(duty).User is null))
        .Select(sends => sends.Command.Name)];
}
