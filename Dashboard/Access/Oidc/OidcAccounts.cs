using System.Data.Common;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Which account a person of the provider has. Found by issuer and subject alone: a name is never enough, whoever has it at the provider.
/// </summary>
internal static class OidcAccounts
{
    /// <summary>The account, with the roles the person has now; made when they are seen first.</summary>
    /// <param name="host">Tells the name apart, as <c>guest@id.example</c>, where a local account has it.</param>
    /// <returns>Null when no name is left for them.</returns>
    public static Account? Take(DbTransaction transaction, OidcIdentity identity, string host, DateTimeOffset now)
    {
        var account = AccountTable.FindByProvider(transaction.Connection!, identity.Issuer, identity.Subject)
            ?? Make(transaction, identity, host, now);
        if (account is { DisabledAt: null })
        {
            ApiTokenTable.Grant(transaction, account.Id, identity.Grants, now);
        }

        return account;
    }

    private static Account? Make(DbTransaction transaction, OidcIdentity identity, string host, DateTimeOffset now)
    {
        var name = new[] { identity.Name, $"{identity.Name}@{host}" }.FirstOrDefault(name => AccountNames.AreFree(name)
            && AccountTable.FindByName(transaction.Connection!, name) is null);
        if (name is null)
        {
            return null;
        }

        var account =
            new Account
            {
                Name = name, PlainName = AccountNames.Plain(name), Issuer = identity.Issuer, Subject = identity.Subject,
                CreatedAt = now
            };
        AccountTable.Add(transaction, account);
        return account;
    }

    /// <summary>Which machine tokens stop when this person is no owner any more; null for none.</summary>
    public static string? StopsOf(DbConnection connection, OidcIdentity identity, DateTimeOffset now) =>
        AccountTable.FindByProvider(connection, identity.Issuer, identity.Subject) is { } account
            ? ApiTokenTable.StopsOf(connection, account.Id, now)
            : null;

    /// <summary>The provider gives them no role any more: what they had is gone, and so are their sessions.</summary>
    /// <returns>Null when they were never here.</returns>
    public static Account? Strip(DbTransaction transaction, OidcIdentity identity, SessionStore sessions, DateTimeOffset now)
    {
        if (AccountTable.FindByProvider(transaction.Connection!, identity.Issuer, identity.Subject) is not { } account)
        {
            return null;
        }

        ApiTokenTable.Grant(transaction, account.Id, Grants.None, now);
        sessions.EndAllOf(transaction, account.Id);
        return account;
    }
}
