using System.Net;
using System.Security.Claims;
using Dapper;
using Dashboard.Audit;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>Lets a person in whose identity is proven: a new session, written down in the same transaction.</summary>
internal sealed class Entrance(AuditTrail audit, SessionBook sessions, ConsoleStore store, TimeProvider time)
{
    /// <param name="how">For the audit log, e.g. <c>password and code</c>.</param>
    /// <exception cref="StoreException">Nobody is let in.</exception>
    public async Task<ClaimsPrincipal> LetInAsync(Account account, IPAddress? address, string how, CancellationToken cancel)
    {
        var from = address?.ToString();
        var session = await audit.WriteAsync(
            new AuditEvent("sign-in", account.Name, from) { Detail = how },
            transaction => Begin(transaction, account, from, time.GetUtcNow()), cancel);
        return SessionClaims.Of(account, session);
    }

    /// <summary>The same in the transaction of a caller that writes it down.</summary>
    /// <param name="confirmedAt">When the person last proved that it is them; other than now where somebody else vouches for it.</param>
    /// <returns>The session's id.</returns>
    public string Begin(SqliteTransaction transaction, Account account, string? from, DateTimeOffset confirmedAt)
    {
        transaction.Connection!.Execute("UPDATE accounts SET last_sign_in = @now WHERE id = @Id", new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), account.Id }, transaction);
        if (from is not null)
        {
            AccountTable.Remember(transaction, account.Id, from, time.GetUtcNow());
        }

        return sessions.Begin(transaction, account, from, confirmedAt);
    }

    /// <summary>Whether the account has come in from this address before.</summary>
    public Task<bool> KnowsAsync(Account? account, IPAddress? address, CancellationToken cancel) =>
        account is null || address is null ? Task.FromResult(false) : store.ReadAsync(connection => AccountTable.Knows(connection, account.Id, address.ToString()), cancel);
}
