using System.Security.Claims;
using Dashboard.Access.Accounts;

namespace Dashboard.Access.Sessions;

/// <summary>The person and the session that the cookie names. What the person may do is read from console.db each time.</summary>
internal static class SessionClaims
{
    /// <summary>The authentication scheme of people in browsers.</summary>
    public const string Scheme = "Session";

    private const string Id = "session";

    public static ClaimsPrincipal Of(Account account, string session) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id), new(ClaimTypes.Name, account.Name), new(Id, session)], Scheme));

    /// <returns>The session's id; null when no one or a machine is signed in.</returns>
    public static string? SessionId(this ClaimsPrincipal principal) => principal.FindFirstValue(Id);

    public static string? AccountId(this ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier);
}
