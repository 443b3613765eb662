using Dashboard.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.Access;

/// <summary>The cookie is only as good as the session it names.</summary>
internal sealed class SessionCookie(SessionBook sessions, TimeProvider time) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            if (context.Principal?.SessionId() is not { } id || sessions.Find(id) is not { } session || session.HasEndedAt(time.GetUtcNow()))
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
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>A person asks, not a script.</summary>
    public static bool IsPage(HttpRequest request) => !request.Path.StartsWithSegments("/_blazor") && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/hubs")
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
