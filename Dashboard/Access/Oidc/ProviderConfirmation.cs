using System.Net;
using System.Security.Claims;
using Dashboard.Audit;
using Dashboard.Store;

namespace Dashboard.Access.Oidc;

/// <summary>Step-up of somebody without a password here: the provider asked them again, just now.</summary>
internal sealed class ProviderConfirmation(SessionBook sessions, ConsoleStore store, AuditTrail audit, TimeProvider time)
{
    /// <summary>Between the provider's clock and ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <param name="present">Whose browser it is.</param>
    /// <param name="asking">The hash of the session that asked for it.</param>
    /// <param name="asked">When.</param>
    /// <returns>Why nothing is confirmed; null when the session is, for five minutes.</returns>
    /// <exception cref="StoreException">Nothing is confirmed.</exception>
    public async Task<ProviderFault?> FaultOfAsync(ProviderPerson person, ClaimsPrincipal? present, string asking, DateTimeOffset asked, IPAddress? address, CancellationToken cancel)
    {
        var found = present?.SessionId() is { } id && Secret.HashOf(id) == asking ? sessions.Find(id) : null;
        if (found is null || found.HasEndedAt(time.GetUtcNow()) || await AccountOfAsync(person, cancel) is not { } account || account.Id != found.Account)
        {
            return ProviderFault.SomebodyElse;
        }

        if (person.ProvenAt is not { } proven || proven < asked - Skew || proven > time.GetUtcNow() + Skew)
        {
            await audit.NoteAsync(new AuditEvent("confirm", account.Name, address?.ToString()) { Result = AuditResult.Refused, Detail = ProviderFault.NotFresh.Detail }, cancel);
            return ProviderFault.NotFresh;
        }

        await sessions.ConfirmAsync(found.Id, cancel);
        await audit.NoteAsync(new AuditEvent("confirm", account.Name, address?.ToString()) { Detail = "at the provider" }, cancel);
        return null;
    }

    private Task<Account?> AccountOfAsync(ProviderPerson person, CancellationToken cancel) =>
        store.ReadAsync(connection => AccountTable.FindByProvider(connection, person.Issuer, person.Subject), cancel);
}
