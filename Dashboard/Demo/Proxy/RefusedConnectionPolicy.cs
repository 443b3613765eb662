using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Dashboard.Demo.Proxy;

/// <summary>Passes over a replica that refused a connection, until the active check has seen it again.</summary>
/// <remarks>A connection that broke says nothing: the console itself cuts the pages of a person who signs out.</remarks>
internal sealed class RefusedConnectionPolicy(IDestinationHealthUpdater updater) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "RefusedConnection";

    private static readonly TimeSpan PassedOverFor = TimeSpan.FromSeconds(2);

    public string Name => PolicyName;

    /// <summary>Whether no connection was made, so that nothing of the request was sent.</summary>
    public static bool IsRefused(HttpContext context) => context.GetForwarderErrorFeature() is
    {
        Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
    };

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (IsRefused(context))
        {
            updater.SetPassive(cluster, destination, DestinationHealth.Unhealthy, PassedOverFor);
        }
    }
}
