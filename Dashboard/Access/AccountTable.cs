using Dapper;
using Dashboard.Instances;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>What is asked of, and written to, the tables of accounts and grants. The caller opens and commits.</summary>
internal static class AccountTable
{
    public static Account? Find(SqliteConnection connection, string id) =>
        connection.QuerySingleOrDefault<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts WHERE id = @id", new { id })?.ToAccount();

    public static Account? FindByName(SqliteConnection connection, string name) =>
        connection.QuerySingleOrDefault<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts WHERE plain_name = @plain", new { plain = AccountNames.Plain(name) })?.ToAccount();

    public static Account? FindByProvider(SqliteConnection connection, string issuer, string subject) =>
        connection.QuerySingleOrDefault<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts WHERE issuer = @issuer AND subject = @subject", new { issuer, subject })?.ToAccount();

    public static IReadOnlyList<Account> All(SqliteConnection connection) =>
        [.. connection.Query<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts ORDER BY plain_name").Select(row => row.ToAccount())];

    /// <summary>Somebody who can let others in: an owner who is not disabled and has a password. Owners by a provider do not count: it may be away, or say otherwise tomorrow.</summary>
    public static int CountOwners(SqliteConnection connection) => connection.QuerySingle<int>(
        "SELECT count(DISTINCT a.id) FROM accounts a JOIN grants g ON g.account = a.id WHERE g.role = 'owner' AND a.disabled_at IS NULL AND a.password_hash IS NOT NULL");

    public static void Add(SqliteTransaction transaction, Account account) =>
        transaction.Connection!.Execute(AccountRow.Insert, AccountRow.Of(account), transaction);

    public static void Update(SqliteTransaction transaction, Account account) =>
        transaction.Connection!.Execute(AccountRow.Update, AccountRow.Of(account), transaction);

    public static Grants GrantsOf(SqliteConnection connection, string account) =>
        new([.. connection.Query<(string Role, string Instance)>("SELECT role, instance FROM grants WHERE account = @account", new { account })
            .Select(row => RoleNames.Parse(row.Role) is { } role ? new Grant(role, InstanceId.Parse(row.Instance)) : null).OfType<Grant>()]);

    public static void SetGrants(SqliteTransaction transaction, string account, Grants grants)
    {
        transaction.Connection!.Execute("DELETE FROM grants WHERE account = @account", new { account }, transaction);
        foreach (var grant in grants.All)
        {
            transaction.Connection!.Execute(
                "INSERT INTO grants (account, role, instance) VALUES (@account, @role, @instance)",
                new { account, role = RoleNames.Of(grant.Role), instance = grant.Instance?.Value ?? "" }, transaction);
        }
    }

    public static bool Knows(SqliteConnection connection, string account, string address) =>
        connection.ExecuteScalar<long?>("SELECT 1 FROM known_addresses WHERE account = @account AND address = @address", new { account, address }) is not null;

    public static void Remember(SqliteTransaction transaction, string account, string address, DateTimeOffset now) => transaction.Connection!.Execute(
        "INSERT INTO known_addresses (account, address, at) VALUES (@account, @address, @at) ON CONFLICT DO UPDATE SET at = @at",
        new { account, address, at = now.ToUnixTimeMilliseconds() }, transaction);
}
