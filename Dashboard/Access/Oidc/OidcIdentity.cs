using System.Globalization;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Roles;

namespace Dashboard.Access.Oidc;

/// <summary>Somebody the provider vouches for. Pure.</summary>
/// <param name="Issuer">With <paramref name="Subject"/>, who it is.</param>
/// <param name="Name">As the provider calls them now; it may change, and be another's tomorrow.</param>
/// <param name="Grants">What their claims are worth here; may be nothing.</param>
/// <param name="ProvenAt">When they last gave the provider a proof; null when it does not say.</param>
internal sealed record OidcIdentity(string Issuer, string Subject, string Name, Grants Grants, DateTimeOffset? ProvenAt)
{
    /// <summary>OpenID Connect Core, 2.</summary>
    private const int MostSubject = 255;

    /// <param name="principal">Of an id token that was checked.</param>
    public static OidcIdentity? Read(ClaimsPrincipal principal, OidcSettings settings, out OidcFailure? failure)
    {
        var (issuer, subject, name) = (
            principal.FindFirstValue("iss"), principal.FindFirstValue("sub"), principal.FindFirstValue(settings.NameClaim)?.Trim());
        failure = issuer is null || subject is not { Length: > 0 and <= MostSubject } ? OidcFailure.NoSubject
            : name is null || !AccountNames.AreFit(name) ? OidcFailure.NoName
            : null;
        return failure is null
            ? new(
                issuer!, subject!, name!, settings.Roles.Of(principal.FindAll(settings.RolesClaim).Select(claim => claim.Value)),
                ProvenAtOf(principal))
            : null;
    }

    /// <summary>Seconds since 1970; anything else is no time.</summary>
    private static DateTimeOffset? ProvenAtOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
