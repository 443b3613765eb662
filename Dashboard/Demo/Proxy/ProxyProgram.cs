using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Dashboard.Demo.Proxy;

/// <summary>
/// The proxy in front of the demo's replicas: it keeps each browser at one of them, and sends it to another one when that does not answer.
/// </summary>
/// <remarks><c>--urls</c> is where it listens; <c>--replicas</c> has the addresses of the replicas, with commas.</remarks>
internal static class ProxyProgram
{
    private static Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var addresses = (builder.Configuration["replicas"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        builder.Services.AddReverseProxy().LoadFromMemory([ReplicaCluster.Route], [ReplicaCluster.Of(addresses)]);
        builder.Services.AddSingleton<IPassiveHealthCheckPolicy, RefusedConnectionPolicy>();
        var app = builder.Build();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<AnotherReplica>();
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        return app.RunAsync();
    }
}
