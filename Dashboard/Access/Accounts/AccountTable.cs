using System.Data.Common;
using Dapper;
using Dashboard.Access.Roles;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Access.Accounts;

/// <summary>
/// Reads accounts and grants, and adds to them; <see cref="AccountChanges"/> changes an account. The caller opens and commits.
/// </summary>
internal static class AccountTable
{
    /// <summary>The maximum number of remembered networks of an account: failures elsewhere do not slow down sign-ins from these.</summary>
    public const int MaxKnownNetworks = 32;

    public static Account? Find(DbConnection connection, string id) =>
        connection.QuerySingleOrDefault<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts WHERE id = @id", new { id })?.ToAccount();

    public static Account? FindByName(DbConnection connection, string name) =>
        connection.QuerySingleOrDefault<AccountRow>(
            $"SELECT {AccountRow.Columns} FROM accounts WHERE plain_name = @plain", new { plain = AccountNames.Plain(name) })?.ToAccount();

    public static Account? FindByProvider(DbConnection connection, string issuer, string subject) =>
        connection.QuerySingleOrDefault<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts WHERE issuer = @issuer AND subject = "
            + $"@subject", new { issuer, subject })?.ToAccount();

    public static IReadOnlyList<Account> All(DbConnection connection) =>
        [.. connection.Query<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts ORDER BY plain_name").Select(row => row.ToAccount())];

    /// <summary>
    /// Counts the owners who can let others in: enabled, and with a password. Owners by a provider do not count: the provider may be
    /// unreachable, or withdraw the role.
    /// </summary>
    public static int CountOwners(DbConnection connection) => connection.QuerySingle<int>(
        "SELECT count(DISTINCT a.id) FROM accounts a JOIN grants g ON g.account = a.id WHERE g.role = 'owner' AND g.instance = '' AND "
            + "a.disabled_at IS NULL AND a.password_hash IS NOT NULL");

    public static void Add(DbTransaction transaction, Account account) =>
        transaction.Noting(new(ChangeKind.Account, Id: account.Id)).ExecuteOne(AccountRow.Insert, AccountRow.Of(account));

    /// <summary>Reads the roles of an account. A row that is not a valid grant grants nothing.</summary>
    public static Grants GrantsOf(DbConnection connection, string account) =>
        new([
            .. connection.Query<(string Role, string Instance)>(
                "SELECT role, instance FROM grants WHERE account = @account", new { account })
            .Select(row => Grant.Parse(row.Instance.Length == 0 ? row.Role : $"{row.Role}@{row.Instance}")).OfType<Grant>()]);

    public static void SetGrants(DbTransaction transaction, string account, Grants grants)
    {
        transaction.Noting(new(ChangeKind.Account, Id: account)).ExecuteCounted(
            "SELECT count(*) FROM grants WHERE account = @account", "DELETE FROM grants WHERE account = @account", new { account });
        foreach (var grant in grants.All)
        {
            transaction.ExecuteOne(
                "INSERT INTO grants (account, role, instance) VALUES (@account, @role, @instance)",
                new { account, role = RoleNames.Of(grant.Role), instance = grant.Instance?.Value ?? "" });
        }
    }

    /// <param name="network"><see cref="Network.Of"/>.</param>
    public static bool Knows(DbConnection connection, string account, string network) =>
        connection.ExecuteScalar<long?>(
            "SELECT 1 FROM known_addresses WHERE account = @account AND address = @network", new { account, network }) is not null;

    /// <summary>
    /// Remembers that the account signed in from a network, and keeps the latest <see cref="MaxKnownNetworks"/>. This one is kept in any
    /// case: after the clock was set back, others seem to be later.
    /// </summary>
    /// <remarks>The write is not counted: a network that is not kept only waits longer behind an attack.</remarks>
    public static void Remember(
        DbTransaction transaction, ISqlDialect dialect, string account, string network,
        DateTimeOffset now) => transaction.Connection!.Execute(
        "INSERT INTO known_addresses (account, address, at) VALUES (@account, @network, @at) ON CONFLICT (account, address) DO UPDATE "
            + "SET at = @at; "
        + "DELETE FROM known_addresses WHERE account = @account AND address NOT IN ("
        + $"SELECT address FROM known_addresses WHERE account = @account ORDER BY address = @network DESC, at DESC, "
        + $"{dialect.InsertionOrder} DESC LIMIT @most)",
        new { account, network, at = now.ToUnixTimeMilliseconds(), most = MaxKnownNetworks }, transaction);
}
