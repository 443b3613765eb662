using Dashboard.Edge;

namespace Dashboard.Access;

/// <summary>Counts the connections of circuits, refuses too many, and makes them endable from here. There are no others than WebSockets: what is polled has no end to cut.</summary>
internal sealed class CircuitGate(RequestDelegate next, LiveConnections connections)
{
    private static readonly PathString Circuits = "/_blazor";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await (context.Request.Path == Circuits ? RefuseAsync(context) : next(context));
            return;
        }

        if (context.User.SessionId() is not { } session)
        {
            await next(context);
            return;
        }

        using var open = connections.TryOpen(session, context);
        if (open is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        await next(context);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync("Live pages need a WebSocket. Let the proxy pass Upgrade and Connection on.");
    }
}
