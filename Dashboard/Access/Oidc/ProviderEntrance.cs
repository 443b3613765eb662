using System.Net;
using System.Security.Claims;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access.Oidc;

/// <summary>Lets in whom the provider vouches for, with the roles their claims give at this moment. Everything is written down in the same transaction.</summary>
internal sealed class ProviderEntrance(AccessSettings settings, Entrance entrance, SessionBook sessions, SignInBrake brake, AuditTrail audit, TimeProvider time)
{
    private ProviderSettings Provider => settings.Provider!;

    /// <returns>Whom to sign in; or why not.</returns>
    /// <exception cref="StoreException">Nobody is let in.</exception>
    public async Task<(ClaimsPrincipal? Person, ProviderFault? Fault)> LetInAsync(ProviderPerson person, IPAddress? address, CancellationToken cancel)
    {
        var attempt = new BrakeTry(BrakeKind.Provider, Secret.HashOf($"{person.Issuer} {person.Subject}"), address, Known: true);
        if (brake.TryBegin(attempt) is not null)
        {
            return (null, ProviderFault.TooMany);
        }

        var (found, fault) = await audit.WriteAsync(transaction => Judge(transaction, person, address?.ToString()), cancel);
        if (found is null)
        {
            return (null, fault);
        }

        brake.Forgive(attempt);
        return (found, null);
    }

    private ((ClaimsPrincipal?, ProviderFault?) Result, AuditEvent? Event) Judge(SqliteTransaction transaction, ProviderPerson person, string? from)
    {
        var stops = person.Grants.IsOwner ? null : ProviderAccounts.StopsOf(transaction.Connection!, person, time.GetUtcNow());
        if (person.Grants.All.IsEmpty)
        {
            return Refused(ProviderFault.NoRole, ProviderAccounts.Strip(transaction, person, sessions, time.GetUtcNow()), person, from, stops);
        }

        var account = ProviderAccounts.Take(transaction, person, Provider.Host, time.GetUtcNow());
        if (account is null)
        {
            return Refused(ProviderFault.NameTaken, account, person, from);
        }

        if (entrance.Begin(transaction, account, from, ProvenAt(person)) is not { } session)
        {
            return Refused(ProviderFault.Disabled, account, person, from);
        }

        var what = new AuditEvent("sign-in", account.Name, from) { Subject = account.Name, Detail = $"through {Provider.Name} as {person.Grants}{After(stops)}" };
        return ((SessionClaims.Of(account, session), null), what);
    }

    /// <summary>Their name is the provider's word, and may be that of a local account: it is what the row is about, never who did it.</summary>
    private ((ClaimsPrincipal?, ProviderFault?), AuditEvent) Refused(ProviderFault fault, Account? account, ProviderPerson person, string? from, string? stops = null) => (
        (null, fault),
        new AuditEvent("sign-in", "anonymous", from) { Subject = account?.Name ?? person.Name, Result = AuditResult.Refused, Detail = $"through {Provider.Name}: {fault.Detail}{After(stops)}" });

    private static string After(string? stops) => stops is null ? "" : $"; {stops}";

    /// <summary>Whoever has a session at the provider comes in without being asked anything: that confirms nothing.</summary>
    private DateTimeOffset ProvenAt(ProviderPerson person) => person.ProvenAt is { } at && at <= time.GetUtcNow() ? at : DateTimeOffset.UnixEpoch;
}
