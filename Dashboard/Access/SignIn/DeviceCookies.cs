using System.Security.Cryptography;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Access.SignIn;

/// <summary>
/// Marks a browser that signed in with a password, so that others behind the same address cannot use up its tries. The mark opens nothing.
/// </summary>
/// <remarks>OWASP calls it a device cookie: whoever holds one is slowed down for their own failures alone.</remarks>
internal sealed class DeviceCookies(IDataProtectionProvider protection, EdgeSettings edge)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Dashboard.Access.KnownBrowsers")
        .ToTimeLimitedDataProtector();

    private string Name => edge.Address.Cookie("browser");

    /// <returns>Null when it has not signed in here, or long ago.</returns>
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

    /// <summary>After a sign-in; one it has already stays the same.</summary>
    public void Mark(HttpContext context, string account)
    {
        var id = Read(context.Request) is { } before && before.Account == account ? before.Id : RandomSecret.New();
        context.Response.Cookies.Append(
            Name, _protector.Protect($"{account} {id}", Life),
            new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life, IsEssential = true });
    }
}
