using Microsoft.Data.Sqlite;

namespace Dashboard.Access.Oidc;

/// <summary>Which account a person of the provider has. Found by issuer and subject alone: a name is never enough, whoever has it at the provider.</summary>
internal static class ProviderAccounts
{
    /// <summary>The account, with the roles the person has now; made when they are seen first.</summary>
    /// <param name="host">Tells the name apart, as <c>guest@id.example</c>, where a local account has it.</param>
    /// <returns>Null when no name is left for them.</returns>
    public static Account? Take(SqliteTransaction transaction, ProviderPerson person, string host, DateTimeOffset now)
    {
        var account = AccountTable.FindByProvider(transaction.Connection!, person.Issuer, person.Subject) ?? Make(transaction, person, host, now);
        if (account is { DisabledAt: null })
        {
            MachineTokenTable.Grant(transaction, account.Id, person.Grants, now);
        }

        return account;
    }

    private static Account? Make(SqliteTransaction transaction, ProviderPerson person, string host, DateTimeOffset now)
    {
        var name = new[] { person.Name, $"{person.Name}@{host}" }.FirstOrDefault(name => AccountNames.AreFree(name)
            && AccountTable.FindByName(transaction.Connection!, name) is null);
        if (name is null)
        {
            return null;
        }

        var account = new Account { Name = name, PlainName = AccountNames.Plain(name), Issuer = person.Issuer, Subject = person.Subject, CreatedAt = now };
        AccountTable.Add(transaction, account);
        return account;
    }

    /// <summary>Which machine tokens stop when this person is no owner any more; null for none.</summary>
    public static string? StopsOf(SqliteConnection connection, ProviderPerson person, DateTimeOffset now) =>
        AccountTable.FindByProvider(connection, person.Issuer, person.Subject) is { } account ? MachineTokenTable.StopsOf(connection, account.Id, now) : null;

    /// <summary>The provider gives them no role any more: what they had is gone, and so are their sessions.</summary>
    /// <returns>Null when they were never here.</returns>
    public static Account? Strip(SqliteTransaction transaction, ProviderPerson person, SessionBook sessions, DateTimeOffset now)
    {
        if (AccountTable.FindByProvider(transaction.Connection!, person.Issuer, person.Subject) is not { } account)
        {
            return null;
        }

        MachineTokenTable.Grant(transaction, account.Id, Grants.None, now);
        sessions.EndAllOf(transaction, account.Id);
        return account;
    }
}
