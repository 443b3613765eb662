using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Says once that somebody forwards addresses without being a proxy we know: then all callers behind it look like one, and slow each other
/// down at the door.
/// </summary>
internal sealed partial class UntrustedForwarderWarning(RequestDelegate next, EdgeSettings settings, ILogger<UntrustedForwarderWarning> log)
{
    private int _said;

    public Task InvokeAsync(HttpContext context)
    {
        if (_said == 0 && context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
            && context.Connection.RemoteIpAddress is { } peer && !IsKnown(peer) && Interlocked.Exchange(ref _said, 1) == 0)
        {
            LogStranger(peer);
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
        "X-Forwarded-For came from {Peer}, which Dashboard:TrustedProxies does not name, and is not believed. Is it your proxy, add it "
            + "there: until then all behind it share one address. This is said once")]
    private partial void LogStranger(IPAddress peer);
}
