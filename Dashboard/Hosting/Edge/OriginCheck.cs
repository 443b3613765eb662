using Microsoft.Net.Http.Headers;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Refuses requests that another site's page sends in a visitor's name: WebSockets, which no same-origin rule covers, and every unsafe
/// request.
/// </summary>
/// <remarks>
/// Browsers send the origin with both, and a page cannot change it. A caller with a bearer token sends no cookie that another site could
/// use, and passes.
/// </remarks>
internal sealed class OriginCheck(RequestDelegate next, EdgeSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if ((IsWebSocket(request) || IsUnsafe(request)) && !Bearer.IsCaller(request) && !IsOurs(request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private bool IsOurs(HttpRequest request) => request.Headers.Origin.ToString() switch
    {
        // A WebSocket without an origin does not come from a browser, and only browsers have sessions here.
        "" => !IsWebSocket(request) && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none",
        var origin => string.Equals(origin, OwnOrigin(request), StringComparison.OrdinalIgnoreCase),
    };

    private string OwnOrigin(HttpRequest request) => settings.Address.Url is { } url
        ? url.GetLeftPart(UriPartial.Authority)
        : $"{request.Scheme}://{request.Host}";

    /// <summary>HTTP/1.1 asks for an upgrade; HTTP/2 sends CONNECT with a protocol.</summary>
    private static bool IsWebSocket(HttpRequest request) =>
        request.HttpContext.WebSockets.IsWebSocketRequest || request.Headers[HeaderNames.Upgrade].ToString().Length > 0
            || HttpMethods.IsConnect(request.Method);

    private static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
