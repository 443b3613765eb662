using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Logs once that a sender which is not a known proxy forwards addresses: then all callers behind it look like one, and are throttled
/// together when they sign in.
/// </summary>
internal sealed partial class UntrustedForwarderWarning(RequestDelegate next, EdgeSettings settings, ILogger<UntrustedForwarderWarning> log)
{
    private int _logged;

    public Task InvokeAsync(HttpContext context)
    {
        if (_logged == 0 && context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
            && context.Connection.RemoteIpAddress is { } peer && !IsKnown(peer) && Interlocked.Exchange(ref _logged, 1) == 0)
        {
            LogUntrusted(peer);
        }

        return next(context);
    }

    private bool IsKnown(IPAddress peer)
    {
        var plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return settings.Proxies.Any(proxy => proxy.Contains(plain) || proxy.Contains(peer));
    }

    [LoggerMessage(
        542, LogLevel.Warning,
        "X-Forwarded-For came from {Peer}, which Dashboard:TrustedProxies does not name, and is not trusted. If it is your proxy, add it "
            + "there: until then all callers behind it share one address. This is logged once")]
    private partial void LogUntrusted(IPAddress peer);
}
