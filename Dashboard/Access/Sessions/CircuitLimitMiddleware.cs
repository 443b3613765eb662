using System.Collections.Concurrent;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Access.Sessions;

/// <summary>Counts the connections of circuits and hubs, refuses too many, and lets the console end them.</summary>
/// <remarks>
/// The endpoint that serves the request decides what is counted, not the path: several paths lead to one endpoint. WebSockets are the only
/// transport, because a connection that is polled cannot be cut.
/// </remarks>
internal sealed partial class CircuitLimitMiddleware(
    RequestDelegate next, LiveConnections connections, SessionStore sessions, TimeProvider time, ILogger<CircuitLimitMiddleware> log)
{
    /// <summary>The shortest time between two log entries for one kind of refusal.</summary>
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<LivePageRefusal, DateTimeOffset> _logged = new();

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is null ? next(context)
        : !context.WebSockets.IsWebSocketRequest ? RefuseAsync(
            context, StatusCodes.Status400BadRequest, IsForMachines(context)
                ? "This hub needs a WebSocket without negotiation: set SkipNegotiation in the client, and have the proxy forward Upgrade "
                    + "and Connection."
                : "Live pages need a WebSocket. Configure the proxy to forward Upgrade and Connection.")
        : IsForMachines(context) ? next(context)
        : OwnerOf(context, sessions) is { } owner ? CountAsync(context, owner)
        : RefuseAsync(context, StatusCodes.Status401Unauthorized, "Only people who are signed in can use live pages.");

    private static bool IsForMachines(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetMetadata<MachinesOnly>() is not null;

    /// <summary>The owner of the live page, open or requested; null when no one is signed in.</summary>
    public static LivePageOwner? OwnerOf(HttpContext context, SessionStore sessions) =>
        context.User.SessionId() is { } session && context.User.AccountId() is { } account
            ? new(session, account, MayAct(session, sessions))
            : null;

    /// <summary>
    /// Whether the person may change anything. While console.db cannot be used no one may, so all pages are treated alike.
    /// </summary>
    private static bool MayAct(string session, SessionStore sessions)
    {
        try
        {
            return sessions.Find(session)?.Grants.AllowAnyAct == true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private async Task CountAsync(HttpContext context, LivePageOwner owner)
    {
        var refusal = connections.TryOpen(owner, context, out var open);
        using (open)
        {
            await (refusal is LivePageRefusal.None ? next(context) : TooManyAsync(context, refusal));
        }
    }

    private Task TooManyAsync(HttpContext context, LivePageRefusal refusal)
    {
        var now = time.GetUtcNow();
        if (!_logged.TryGetValue(refusal, out var last) || now - last >= LogInterval || now < last)
        {
            _logged[refusal] = now;
            LogRefused(
                context.User.Identity?.Name ?? "", refusal.ToString().ToLowerInvariant(), connections.Count, connections.Limits.Total);
        }

        return RefuseAsync(context, StatusCodes.Status429TooManyRequests, LivePageText.Of(refusal, connections.Limits));
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(why);
    }

    [LoggerMessage(
        543, LogLevel.Warning,
        "Refused a live page of {Account}: the limit per {Limit} is reached ({Open} of {Total} pages are live). This is logged once a "
            + "minute at most")]
    private partial void LogRefused(string account, string limit, int open, int total);
}
