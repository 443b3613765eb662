using Dashboard.Access.Passwords;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Microsoft.AspNetCore.Authentication;

namespace Dashboard.Access.SignIn;

/// <summary>
/// Ends a session, and lets a person prove their identity again. Both are posts with the antiforgery token; the password never enters a
/// circuit.
/// </summary>
internal static class SessionEndpoints
{
    public const string SignOutPath = "/sign-out";
    public const string ConfirmPath = "/confirm";

    public static void MapSessions(this WebApplication app)
    {
        // Every signed-in person can sign out, including one without any role.
        app.MapPost(SignOutPath, SignOutAsync).RequireAuthorization(AccessSetup.SignedIn);
        app.MapPost(ConfirmPath, ConfirmAsync).RequireAuthorization(Permission.Watch.Id);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignOut ending)
    {
        await ending.EndAsync(context.User, context.Connection.RemoteIpAddress);
        await context.SignOutAsync(SessionClaims.Scheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.Redirect("/sign-in");
    }

    /// <summary>Returns 204 when the proof is right; 429 when nothing was checked, else 403, with the reason as text.</summary>
    private static async Task<IResult> ConfirmAsync(HttpContext context, StepUp stepUp)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fault =
            await stepUp.FaultOfAsync(
                context.User, form["password"].ToString(), context.Connection.RemoteIpAddress, context.RequestAborted);
        return fault is null
            ? Results.NoContent()
            : Results.Text(
                fault, statusCode: fault == PasswordCheck.Busy ? StatusCodes.Status429TooManyRequests : StatusCodes.Status403Forbidden);
    }
}
