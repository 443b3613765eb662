using Dashboard.Audit;
using Dashboard.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Ending a session, and proving again that it is you. Both are posts with the antiforgery token; the password never enters a circuit.</summary>
internal static class SessionEndpoints
{
    public const string SignOutPath = "/sign-out";
    public const string ConfirmPath = "/confirm";

    public static void MapSessions(this WebApplication app)
    {
        app.MapPost(SignOutPath, SignOutAsync).RequireAuthorization(Permission.Watch.Id);
        app.MapPost(ConfirmPath, ConfirmAsync).RequireAuthorization(Permission.Watch.Id);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionBook sessions, AuditTrail audit, SessionWatch watch)
    {
        try
        {
            var what = new AuditEvent("sign-out", context.User.Identity?.Name ?? "", context.Connection.RemoteIpAddress?.ToString());
            await audit.WriteAsync<bool>(transaction => sessions.End(transaction, context.User.SessionId()!) ? (true, what) : (false, null), CancellationToken.None);
            await watch.LookAsync(CancellationToken.None);
        }
        catch (StoreException)
        {
            // The browser forgets its cookie all the same; the session ends by itself.
        }

        await context.SignOutAsync(SessionClaims.Scheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.Redirect("/sign-in");
    }

    /// <summary>204 when it is them; else 403 with the reason as text.</summary>
    private static async Task<IResult> ConfirmAsync(HttpContext context, Confirmation confirmation)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fault = await confirmation.FaultOfAsync(context.User, form["password"].ToString(), context.Connection.RemoteIpAddress, context.RequestAborted);
        return fault is null ? Results.NoContent() : Results.Text(fault, statusCode: StatusCodes.Status403Forbidden);
    }
}
