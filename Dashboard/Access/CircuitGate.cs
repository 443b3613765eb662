using Dashboard.Edge;

namespace Dashboard.Access;

/// <summary>Counts the connections of circuits, refuses too many, and makes them endable from here.</summary>
internal sealed class CircuitGate(RequestDelegate next, LiveConnections connections)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || context.User.SessionId() is not { } session)
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
}
