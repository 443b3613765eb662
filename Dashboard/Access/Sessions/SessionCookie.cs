using System.Security.Claims;
using Dashboard.Access.Roles;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.Access.Sessions;

/// <summary>Accepts the cookie only while the session that it names is valid.</summary>
internal sealed class SessionCookie(SessionStore sessions, TimeProvider time) : CookieAuthenticationEvents
{
    public const string NoRolePath = "/no-role";
    public const string EndedPath = "/sign-in?why=ended";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            if (context.Principal?.SessionId() is not { } id || sessions.Find(id) is not { } session
                || session.HasEndedAt(time.GetUtcNow()))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(SessionClaims.Scheme);
            }
        }
        catch (StoreException)
        {
            // A signed-in person continues watching: the ticket itself ends after twelve hours, and acting checks again.
        }
    }

    /// <summary>Redirects a person to the sign-in page; a script gets a status code.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else if (IsForm(context.Request))
        {
            // The form is of a page that was open when the session ended: it had no effect, and no address repeats it.
            context.Response.Redirect(EndedPath);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    /// <summary>Redirects a person without any role to a page that says so and lets them sign out: they may see no other page.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request) && HasNoRole(context.HttpContext.User))
        {
            context.Response.Redirect(NoRolePath);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }

    private bool HasNoRole(ClaimsPrincipal person)
    {
        try
        {
            return person.SessionId() is { } id && sessions.Find(id)?.Grants.Allow(Permission.Watch) == false;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>Whether a person made the request, not a script.</summary>
    public static bool IsPage(HttpRequest request) =>
        IsByAPerson(request) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    /// <summary>Whether a browser sends a form on its own, and then shows the answer.</summary>
    private static bool IsForm(HttpRequest request) => IsByAPerson(request) && HttpMethods.IsPost(request.Method);

    private static bool IsByAPerson(HttpRequest request) =>
        !request.Path.StartsWithSegments("/_blazor") && !request.Path.StartsWithSegments("/api")
            && !request.Path.StartsWithSegments("/hubs")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
