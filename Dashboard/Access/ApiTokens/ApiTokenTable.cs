using System.Data.Common;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Access.ApiTokens;

/// <summary>
/// The machine tokens in console.db, each read together with the account that answers for it. The caller opens and commits.
/// </summary>
internal static class ApiTokenTable
{
    private const string Select =
        "SELECT t.id Id, t.name Name, t.scopes Scopes, t.made_by MadeBy, t.made_at MadeAt, t.until Until, t.revoked_at RevokedAt, "
            + "t.used_at UsedAt, "
        + "t.responsible Responsible, t.adopted_by AdoptedBy, t.stopped_at StoppedAt, "
        + "a.name Owner, a.disabled_at DisabledAt, a.issuer Issuer, a.last_sign_in SignedInAt, a.subject IS NOT NULL IsOfProvider, "
        + "EXISTS (SELECT 1 FROM grants g WHERE g.account = a.id AND g.role = 'owner' AND g.instance = '') IsOwner "
        + "FROM machine_tokens t LEFT JOIN accounts a ON a.id = t.responsible ";

    /// <summary>How long an expired or revoked token is still shown.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>Lists all tokens, newest first.</summary>
    public static IReadOnlyList<ApiToken> All(DbConnection connection) =>
        [.. connection.Query<Row>(Select + "ORDER BY t.made_at DESC").Select(row => row.ToToken())];

    public static ApiToken? Find(DbConnection connection, string id) =>
        connection.QuerySingleOrDefault<Row>(Select + "WHERE t.id = @id", new { id })?.ToToken();

    public static ApiToken? FindByHash(DbConnection connection, string hash) =>
        connection.QuerySingleOrDefault<Row>(Select + "WHERE t.hash = @hash", new { hash })?.ToToken();

    /// <summary>Lists the tokens that are accepted now and stop with this account, by name.</summary>
    public static IReadOnlyList<ApiToken> AcceptedOf(DbConnection connection, string account, DateTimeOffset now) =>
        [.. connection.Query<Row>(Select + "WHERE t.responsible = @account ORDER BY t.name", new { account })
            .Select(row => row.ToToken()).Where(token => token.IsAcceptedAt(now))];

    /// <summary>Counts the tokens that are neither revoked nor expired.</summary>
    public static int CountOpen(DbTransaction transaction, DateTimeOffset now) => transaction.Connection!.QuerySingle<int>(
        "SELECT count(*) FROM machine_tokens WHERE revoked_at IS NULL AND until > @now", new { now = now.ToUnixTimeMilliseconds() },
        transaction);

    /// <summary>Adds a token, and deletes up to 100 that expired or were revoked more than 90 days ago.</summary>
    /// <param name="hash">The hash of the token.</param>
    public static void Add(
        DbTransaction transaction, string hash, string name, IReadOnlyList<string> scopes, Session owner, DateTimeOffset now,
        DateTimeOffset until)
    {
        transaction.Noting(new(ChangeKind.ApiToken)).ExecuteOne(
            "INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until, responsible) "
            + "VALUES (@Id, @Name, @Hash, @Scopes, @MadeBy, @MadeAt, @Until, @Responsible)",
            new
            {
                Id = Guid.CreateVersion7().ToString("N"),
                Name = name,
                Hash = hash,
                Scopes = string.Join(',', scopes),
                MadeBy = owner.Name,
                MadeAt = now.ToUnixTimeMilliseconds(),
                Until = until.ToUnixTimeMilliseconds(),
                Responsible = owner.Account,
            });
        // Not counted: those ended long ago, whether they are still here or not.
        transaction.Connection!.Execute(
            "DELETE FROM machine_tokens WHERE id IN (SELECT id FROM machine_tokens WHERE until < @before OR revoked_at < @before ORDER "
                + "BY made_at LIMIT 100)",
            new { before = (now - Retention).ToUnixTimeMilliseconds() }, transaction);
    }

    /// <returns>False when it was already revoked or does not exist.</returns>
    public static bool Revoke(DbTransaction transaction, string id, DateTimeOffset now) => transaction
        .Noting(new(ChangeKind.ApiToken, Id: id)).ExecuteCounted(
        "SELECT count(*) FROM machine_tokens WHERE id = @id AND revoked_at IS NULL",
        "UPDATE machine_tokens SET revoked_at = @now WHERE id = @id",
        new { id, now = now.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>Makes this owner answer for the token from now on.</summary>
    public static void Adopt(DbTransaction transaction, string id, Session owner) => transaction
        .Noting(new(ChangeKind.ApiToken, Id: id)).ExecuteOne(
        "UPDATE machine_tokens SET responsible = @Account, adopted_by = @Name, stopped_at = NULL WHERE id = @id",
        new { id, owner.Account, owner.Name });

    /// <summary>
    /// Stops the tokens of an account that is disabled or no longer an owner. They wait until an owner adopts them, whatever the account
    /// becomes.
    /// </summary>
    public static void StopAllOf(DbTransaction transaction, string account, DateTimeOffset now) => transaction
        .Noting(new(ChangeKind.ApiToken)).ExecuteCounted(
        "SELECT count(*) FROM machine_tokens WHERE responsible = @account AND stopped_at IS NULL",
        "UPDATE machine_tokens SET stopped_at = @now WHERE responsible = @account AND stopped_at IS NULL",
        new { account, now = now.ToUnixTimeMilliseconds() });

    /// <summary>
    /// Gives the account these roles. If it is no owner afterwards, or was none before, its tokens wait until an owner adopts them.
    /// </summary>
    public static void Grant(DbTransaction transaction, string account, Grants grants, DateTimeOffset now)
    {
        if (!grants.IsOwner || !AccountTable.GrantsOf(transaction.Connection!, account).IsOwner)
        {
            StopAllOf(transaction, account, now);
        }

        AccountTable.SetGrants(transaction, account, grants);
    }

    /// <summary>For example <c>stops 1 machine token: grafana</c>; null where the account answers for no accepted token.</summary>
    public static string? StopsOf(DbConnection connection, string account, DateTimeOffset now) =>
        AcceptedOf(connection, account, now) is { Count: > 0 } tokens ? $"stops {ApiToken.Count(tokens)}" : null;

    public static void NoteUse(DbTransaction transaction, string id, DateTimeOffset now) => transaction.ExecuteCounted(
        "SELECT count(*) FROM machine_tokens WHERE id = @id",
        "UPDATE machine_tokens SET used_at = @now WHERE id = @id",
        new { id, now = now.ToUnixTimeMilliseconds() });

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Scopes { get; set; } = "";

        public string MadeBy { get; set; } = "";

        public long MadeAt { get; set; }

        public long Until { get; set; }

        public long? RevokedAt { get; set; }

        public long? UsedAt { get; set; }

        public string? Responsible { get; set; }

        public string? AdoptedBy { get; set; }

        public long? StoppedAt { get; set; }

        public string? Owner { get; set; }

        public long? DisabledAt { get; set; }

        public string? Issuer { get; set; }

        public long? SignedInAt { get; set; }

        public bool IsOfProvider { get; set; }

        public bool IsOwner { get; set; }

        public ApiToken ToToken() => new(
            Id, Name, Scopes.Split(','), MadeBy, DateTimeOffset.FromUnixTimeMilliseconds(MadeAt),
            DateTimeOffset.FromUnixTimeMilliseconds(Until),
            UnixTime.Read(RevokedAt), UnixTime.Read(UsedAt))
        {
            Owner = new(Responsible, Owner ?? AdoptedBy ?? MadeBy, AdoptedBy is not null)
            {
                Exists = Owner is not null,
                IsDisabled = DisabledAt is not null,
                IsOwner = IsOwner,
                Provider = !IsOfProvider ? null : Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) ? issuer.Host : "a provider",
                SignedInAt = UnixTime.Read(SignedInAt),
                StoppedAt = UnixTime.Read(StoppedAt),
            },
        };
    }
}
