using System.Security.Cryptography;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Access.SignIn;

/// <summary>
/// Marks a browser that signed in with a password, so that others behind the same address cannot use up its attempts. The mark grants no
/// access.
/// </summary>
/// <remarks>OWASP calls this a device cookie: a browser that has one is slowed down only by its own failures.</remarks>
internal sealed class DeviceCookies(IDataProtectionProvider protection, EdgeSettings edge)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Dashboard.Access.KnownBrowsers")
        .ToTimeLimitedDataProtector();

    private string Name => edge.Address.Cookie("browser");

    /// <returns>Null when the browser has not signed in here, or long ago.</returns>
    public DeviceCookie? Read(HttpRequest request)
    {
        try
        {
            return request.Cookies[Name] is { } kept && _protector.Unprotect(kept).Split(' ') is [var account, var id]
                ? new(account, id)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Marks the browser after a sign-in; an existing mark of the account keeps its id.</summary>
    public void Mark(HttpContext context, string account)
    {
        var id = Read(context.Request) is { } before && before.Account == account ? before.Id : RandomSecret.New();
        context.Response.Cookies.Append(
            Name, _protector.Protect($"{account} {id}", Life),
            new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life, IsEssential = true });
    }
}
