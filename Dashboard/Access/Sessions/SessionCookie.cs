using System.Security.Claims;
using Dashboard.Access.Roles;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.Access.Sessions;

/// <summary>The cookie is only as good as the session it names.</summary>
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
            // Who is signed in goes on watching: the ticket itself ends after twelve hours, and acting asks again.
        }
    }

    /// <summary>A person is led to the sign-in page; a script is told.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsPage(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else if (IsForm(context.Request))
        {
            // Of a page that was open when the session ended: it was not heard, and no address repeats it.
            context.Response.Redirect(EndedPath);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    /// <summary>Who has no role at all is led to a page that says so, and lets them sign out: every other is closed to them.</summary>
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

    /// <summary>A person asks, not a script.</summary>
    public static bool IsPage(HttpRequest request) =>
        IsByAPerson(request) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    /// <summary>A form that a browser sends by itself, and then shows the answer to.</summary>
    private static bool IsForm(HttpRequest request) => IsByAPerson(request) && HttpMethods.IsPost(request.Method);

    private static bool IsByAPerson(HttpRequest request) =>
        !request.Path.StartsWithSegments("/_blazor") && !request.Path.StartsWithSegments("/api")
            && !request.Path.StartsWithSegments("/hubs")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
