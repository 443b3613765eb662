using System.Data.Common;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Finds the account of a person of the provider, by issuer and subject only: a name is never enough, because it may be given to others.
/// </summary>
internal static class OidcAccounts
{
    /// <summary>Gets the account with the roles that the person has now; makes it at their first sign-in.</summary>
    /// <param name="host">The provider's host, appended to a name that is not free, as in <c>guest@id.example</c>.</param>
    /// <returns>Null when no name is free.</returns>
    public static Account? FindOrAdd(DbTransaction transaction, OidcIdentity identity, string host, DateTimeOffset now)
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

    /// <summary>Names the machine tokens that stop when this person is no longer an owner; null for none.</summary>
    public static string? StopsOf(DbConnection connection, OidcIdentity identity, DateTimeOffset now) =>
        AccountTable.FindByProvider(connection, identity.Issuer, identity.Subject) is { } account
            ? ApiTokenTable.StopsOf(connection, account.Id, now)
            : null;

    /// <summary>Removes the roles and ends the sessions of a person to whom the provider gives no role any more.</summary>
    /// <returns>The account; null when the person never signed in here.</returns>
    public static Account? RemoveRoles(DbTransaction transaction, OidcIdentity identity, SessionStore sessions, DateTimeOffset now)
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
