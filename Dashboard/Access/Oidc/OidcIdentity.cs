using System.Globalization;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Roles;

namespace Dashboard.Access.Oidc;

/// <summary>A person whose identity the provider asserts. Pure.</summary>
/// <param name="Issuer">The provider; with <paramref name="Subject"/>, it identifies the person.</param>
/// <param name="Name">The present name at the provider; it may change, and be given to another person.</param>
/// <param name="Grants">The roles that the claims give here; may be empty.</param>
/// <param name="ProvenAt">When the person last proved their identity to the provider; null when it does not say.</param>
internal sealed record OidcIdentity(string Issuer, string Subject, string Name, Grants Grants, DateTimeOffset? ProvenAt)
{
    /// <summary>The maximum length of a subject (OpenID Connect Core, 2).</summary>
    private const int MaxSubjectLength = 255;

    /// <param name="principal">The claims of an id token that was checked.</param>
    public static OidcIdentity? Read(ClaimsPrincipal principal, OidcSettings settings, out OidcFailure? failure)
    {
        var (issuer, subject, name) = (
            principal.FindFirstValue("iss"), principal.FindFirstValue("sub"), principal.FindFirstValue(settings.NameClaim)?.Trim());
        failure = issuer is null || subject is not { Length: > 0 and <= MaxSubjectLength } ? OidcFailure.NoSubject
            : name is null || !AccountNames.AreFit(name) ? OidcFailure.NoName
            : null;
        return failure is null
            ? new(
                issuer!, subject!, name!, settings.Roles.Of(principal.FindAll(settings.RolesClaim).Select(claim => claim.Value)),
                ProvenAtOf(principal))
            : null;
    }

    /// <summary>Reads seconds since 1970; anything else is no time.</summary>
    private static DateTimeOffset? ProvenAtOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
