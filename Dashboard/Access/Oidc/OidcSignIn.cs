using System.Data.Common;
using System.Net;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Lets in a person whose identity the provider asserts, with the roles that their claims give now. The act is recorded in the same
/// transaction.
/// </summary>
internal sealed class OidcSignIn(
    OidcAvailability settings, SessionIssuer issuer, SessionStore sessions, SignInThrottle throttle, AuditTrail audit, TimeProvider time)
{
    private OidcSettings Provider => settings.Provider!;

    /// <returns>The person to sign in; or why not.</returns>
    /// <exception cref="StoreException">No one is let in.</exception>
    public async Task<(ClaimsPrincipal? Person, OidcFailure? Fault)> LetInAsync(
        OidcIdentity identity, IPAddress? address, CancellationToken cancel)
    {
        var attempt =
            new ThrottleAttempt(ThrottleKind.Provider, RandomSecret.HashOf($"{identity.Issuer} {identity.Subject}"), address, Known: true);
        if (throttle.TryBegin(attempt) is not null)
        {
            return (null, OidcFailure.TooMany);
        }

        var (found, failure) = await audit.WriteAsync(transaction => Decide(transaction, identity, address?.ToString()), cancel);
        if (found is null)
        {
            return (null, failure);
        }

        throttle.Forgive(attempt);
        return (found, null);
    }

    private ((ClaimsPrincipal?, OidcFailure?) Result, AuditEvent? Event) Decide(
        DbTransaction transaction, OidcIdentity identity, string? from)
    {
        var stops = identity.Grants.IsOwner ? null : OidcAccounts.StopsOf(transaction.Connection!, identity, time.GetUtcNow());
        if (identity.Grants.All.IsEmpty)
        {
            return Refused(
                OidcFailure.NoRole, OidcAccounts.RemoveRoles(transaction, identity, sessions, time.GetUtcNow()), identity, from, stops);
        }

        var account = OidcAccounts.FindOrAdd(transaction, identity, Provider.Host, time.GetUtcNow());
        if (account is null)
        {
            return Refused(OidcFailure.NameTaken, account, identity, from);
        }

        if (issuer.Begin(transaction, account, from, ProvenAt(identity)) is not { } session)
        {
            return Refused(OidcFailure.Disabled, account, identity, from);
        }

        var what = new AuditEvent("sign-in", account.Name, from)
        {
            Subject = account.Name, Detail = $"through {Provider.Name} as "
            + $"{identity.Grants}{After(stops)}"
        };
        return ((SessionClaims.Of(account, session), null), what);
    }

    /// <summary>
    /// Makes the row of a refusal. The name comes from the provider and may be that of a local account, so it is the subject of the row and
    /// never its actor.
    /// </summary>
    private ((ClaimsPrincipal?, OidcFailure?), AuditEvent) Refused(
        OidcFailure failure, Account? account, OidcIdentity identity, string? from, string? stops = null) => (
        (null, failure),
        new AuditEvent(
            "sign-in", "anonymous", from)
        {
            Subject = account?.Name ?? identity.Name, Result = AuditResult.Refused, Detail = $"through "
                + $"{Provider.Name}: {failure.Detail}{After(stops)}"
        });

    private static string After(string? stops) => stops is null ? "" : $"; {stops}";

    /// <summary>
    /// When the person proved their identity. A person with a session at the provider comes in without being asked anything, which confirms
    /// nothing.
    /// </summary>
    private DateTimeOffset ProvenAt(OidcIdentity identity) =>
        identity.ProvenAt is { } at && at <= time.GetUtcNow() ? at : DateTimeOffset.UnixEpoch;
}
