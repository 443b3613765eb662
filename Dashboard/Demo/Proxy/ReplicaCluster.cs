using System.Globalization;
using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.SessionAffinity;

namespace Dashboard.Demo.Proxy;

/// <summary>The settings of the proxy: one route to all replicas, sticky by a cookie.</summary>
internal static class ReplicaCluster
{
    private const string Id = "replicas";

    /// <summary>
    /// Everything, with the host name that the browser sent. YARP replaces forwarded headers that a browser made up, so that the client's
    /// address in the audit log is right.
    /// </summary>
    public static RouteConfig Route { get; } = new()
    {
        RouteId = Id,
        ClusterId = Id,
        Match = new() { Path = "{**path}" },
        Transforms = [new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
    };

    public static ClusterConfig Of(IEnumerable<string> addresses) => new()
    {
        ClusterId = Id,
        // An open page is a request that lasts: whoever comes next gets the replica with fewer of them.
        LoadBalancingPolicy = LoadBalancingPolicies.LeastRequests,
        SessionAffinity = new()
        {
            Enabled = true,
            Policy = SessionAffinityConstants.Policies.HashCookie,
            FailurePolicy = SessionAffinityConstants.FailurePolicies.Redistribute,
            AffinityKeyName = "demo-replica",
            Cookie = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" },
        },
        HealthCheck = new()
        {
            Active = new()
            {
                Enabled = true,
                Interval = TimeSpan.FromSeconds(1),
                Timeout = TimeSpan.FromSeconds(5),
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/readyz",
            },
            Passive = new() { Enabled = true, Policy = RefusedConnectionPolicy.PolicyName },
            // If none is ready, all are tried: they may share a store that cannot be used, and the board works without it.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        },
        Metadata = new Dictionary<string, string> { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1" },
        HttpRequest = new() { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
        Destinations = addresses.Index().ToDictionary(
            replica => string.Create(CultureInfo.InvariantCulture, $"replica-{replica.Index + 1}"),
            replica => new DestinationConfig { Address = replica.Item }),
    };
}
