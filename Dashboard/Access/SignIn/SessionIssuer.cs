using System.Data.Common;
using System.Net;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.SignIn;

/// <summary>Lets in a person whose identity is proven: begins a session and records it in the same transaction.</summary>
internal sealed class SessionIssuer(AuditTrail audit, SessionStore sessions, IConsoleStore store, TimeProvider time)
{
    /// <param name="account">The account as it was read before the proof was checked.</param>
    /// <param name="how">The proof for the audit log, for example <c>password and code</c>.</param>
    /// <returns>Null when the account was disabled, reset or signed out everywhere since it was read.</returns>
    /// <exception cref="StoreException">No one is let in.</exception>
    public Task<ClaimsPrincipal?> LetInAsync(Account account, IPAddress? address, string how, CancellationToken cancel)
    {
        var from = address?.ToString();
        var what = new AuditEvent("sign-in", account.Name, from) { Detail = how };
        return audit.WriteAsync<ClaimsPrincipal?>(
            transaction => Begin(transaction, account, from, time.GetUtcNow()) is { } session
                ? (SessionClaims.Of(account, session), what)
                : (null, what with
                {
                    Result = AuditResult.Refused,
                    Detail = $"{how}; the account was changed or disabled during the sign-in",
                }),
                    cancel);
    }

    /// <summary>Begins a session in the transaction of a caller that records it.</summary>
    /// <param name="confirmedAt">When the person last proved their identity; not now where a provider asserts it.</param>
    /// <returns>The session's id; null when the account was changed since it was read.</returns>
    public string? Begin(DbTransaction transaction, Account account, string? from, DateTimeOffset confirmedAt)
    {
        if (!AccountChanges.SignIn(transaction, account, time.GetUtcNow()))
        {
            return null;
        }

        if (from is not null)
        {
            AccountTable.Remember(transaction, store.Dialect, account.Id, NetworkOf(from), time.GetUtcNow());
        }

        return sessions.Begin(transaction, account, from, confirmedAt);
    }

    /// <summary>Whether the account has signed in from this network before.</summary>
    public Task<bool> KnowsAsync(Account? account, IPAddress? address, CancellationToken cancel) =>
        account is null || address is null
            ? Task.FromResult(false)
            : store.ReadAsync(connection => AccountTable.Knows(connection, account.Id, Network.Of(address)), cancel);

    private static string NetworkOf(string from) => IPAddress.TryParse(from, out var address) ? Network.Of(address) : from;
}
