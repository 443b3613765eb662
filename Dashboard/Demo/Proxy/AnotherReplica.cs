using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Dashboard.Demo.Proxy;

/// <summary>Sends a request that a replica refused to another one, and says so where none answers.</summary>
internal sealed class AnotherReplica(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (RefusedConnectionPolicy.IsRefused(context) && !context.Response.HasStarted)
        {
            TakeOthers(context);
            await next(context);
        }

        var hasFailed = context.GetForwarderErrorFeature() is not null;
        if (hasFailed && context is { Response.HasStarted: false, RequestAborted.IsCancellationRequested: false })
        {
            await ReportNoneAsync(context);
        }
    }

    /// <summary>The refusal has just changed which replicas are available.</summary>
    private static void TakeOthers(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        proxy.AvailableDestinations = proxy.Route.Cluster!.DestinationsState.AvailableDestinations;
        proxy.ProxiedDestination = null;
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
    }

    private static Task ReportNoneAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers["Refresh"] = "1";
        }

        return context.Response.WriteAsync("No replica of the demo answers. The demo starts them again; this page tries again by itself.");
    }
}
