using System.Net;
using Dashboard.Instances;

namespace Dashboard.Actions;

/// <summary>How much a person has to do before something is destroyed.</summary>
internal static class Friction
{
    private const string Easy = "development";

    /// <summary>Whether the target's name is typed and a reason given. Only the exact label <c>development</c> with every server on this machine does without.</summary>
    /// <param name="environment">The label of the settings.</param>
    public static bool IsFull(string environment, IEnumerable<Instance> instances) =>
        environment != Easy || !instances.All(instance => IsLoopback(instance.Address.Host));

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
