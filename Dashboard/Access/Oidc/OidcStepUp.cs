using System.Net;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.Oidc;

/// <summary>Step-up of a person without a password here: the provider asked for a proof again, just now.</summary>
internal sealed class OidcStepUp(SessionStore sessions, IConsoleStore store, AuditTrail audit, TimeProvider time)
{
    /// <summary>The allowed difference between the provider's clock and ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <param name="present">The person signed in with this browser.</param>
    /// <param name="asking">The hash of the session that asked for the step-up.</param>
    /// <param name="asked">When it asked.</param>
    /// <returns>Why nothing is confirmed; null when the session is confirmed, for five minutes.</returns>
    /// <exception cref="StoreException">Nothing is confirmed.</exception>
    public async Task<OidcFailure?> FaultOfAsync(
        OidcIdentity identity, ClaimsPrincipal? present, string asking, DateTimeOffset asked, IPAddress? address, CancellationToken cancel)
    {
        var id = present?.SessionId() ?? "";
        var found = RandomSecret.HashOf(id) == asking ? sessions.Find(id) : null;
        if (found is null || found.HasEndedAt(time.GetUtcNow()) || await AccountOfAsync(identity, cancel) is not { } account
            || account.Id != found.Account)
        {
            return OidcFailure.OtherAccount;
        }

        if (identity.ProvenAt is not { } proven || proven < asked - Skew || proven > time.GetUtcNow() + Skew)
        {
            await audit.WriteAsync(
                new AuditEvent(
                    "confirm", account.Name, address?.ToString())
                { Result = AuditResult.Refused, Detail = OidcFailure.NotFresh.Detail },
                        _ => true, cancel);
            return OidcFailure.NotFresh;
        }

        var what = new AuditEvent("confirm", account.Name, address?.ToString()) { Detail = "at the provider" };
        return await audit.WriteAsync<bool>(transaction => sessions.Confirm(transaction, id) ? (true, what) : (false, null), cancel)
            ? null
            : OidcFailure.OtherAccount;
    }

    private Task<Account?> AccountOfAsync(OidcIdentity identity, CancellationToken cancel) =>
        store.ReadAsync(connection => AccountTable.FindByProvider(connection, identity.Issuer, identity.Subject), cancel);
}
