using System.Security.Claims;
using Dashboard.Access.Accounts;

namespace Dashboard.Access.Sessions;

/// <summary>What the cookie says of a person: who and in which session. What they may do is asked of console.db each time.</summary>
internal static class SessionClaims
{
    /// <summary>The scheme of people in browsers.</summary>
    public const string Scheme = "Session";

    private const string Id = "session";

    public static ClaimsPrincipal Of(Account account, string session) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id), new(ClaimTypes.Name, account.Name), new(Id, session)], Scheme));

    /// <returns>Null when nobody is signed in, or a machine is.</returns>
    public static string? SessionId(this ClaimsPrincipal principal) => principal.FindFirstValue(Id);

    public static string? AccountId(this ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier);
}
