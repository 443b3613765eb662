using Microsoft.Data.Sqlite;

namespace Dashboard.Access.Oidc;

/// <summary>Which account a person of the provider has. Found by issuer and subject alone: a name is never enough, whoever has it at the provider.</summary>
internal static class ProviderAccounts
{
    /// <summary>Names the audit log uses for itself.</summary>
    private static readonly string[] Reserved = ["CONSOLE", "ANONYMOUS", "OTHERS"];

    /// <summary>The account, with the roles the person has now; made when they are seen first.</summary>
    /// <param name="host">Tells the name apart, as <c>guest@id.example</c>, where a local account has it.</param>
    /// <returns>Null when no name is left for them.</returns>
    public static Account? Take(SqliteTransaction transaction, ProviderPerson person, string host, DateTimeOffset now)
    {
        var account = AccountTable.FindByProvider(transaction.Connection!, person.Issuer, person.Subject) ?? Make(transaction, person, host, now);
        if (account is { DisabledAt: null })
        {
            AccountTable.SetGrants(transaction, account.Id, person.Grants);
        }

        return account;
    }

    private static Account? Make(SqliteTransaction transaction, ProviderPerson person, string host, DateTimeOffset now)
    {
        var name = new[] { person.Name, $"{person.Name}@{host}" }.FirstOrDefault(name => AccountNames.AreFit(name) && !Reserved.Contains(AccountNames.Plain(name))
            && AccountTable.FindByName(transaction.Connection!, name) is null);
        if (name is null)
        {
            return null;
        }

        var account = new Account { Name = name, PlainName = AccountNames.Plain(name), Issuer = person.Issuer, Subject = person.Subject, CreatedAt = now };
        AccountTable.Add(transaction, account);
        return account;
    }

    /// <summary>The provider gives them no role any more: what they had is gone, and so are their sessions.</summary>
    /// <returns>Null when they were never here.</returns>
    public static Account? Strip(SqliteTransaction transaction, ProviderPerson person, SessionBook sessions)
    {
        if (AccountTable.FindByProvider(transaction.Connection!, person.Issuer, person.Subject) is not { } account)
        {
            return null;
        }

        AccountTable.SetGrants(transaction, account.Id, Grants.None);
        sessions.EndAllOf(transaction, account.Id);
        return account;
    }
}
