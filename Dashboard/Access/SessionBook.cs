using Dapper;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>Who is signed in, kept in console.db so that every replica knows.</summary>
/// <remarks>All methods throw <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class SessionBook(ConsoleStore store, TimeProvider time)
{
    private const string Select =
        "SELECT s.id Id, s.account Account, a.name Name, a.subject IS NOT NULL IsOfProvider, s.address Address, s.begun_at BegunAt, s.active_at ActiveAt, s.confirmed_at ConfirmedAt, "
        + "(s.ended_at IS NOT NULL OR a.disabled_at IS NOT NULL OR s.stamp <> a.security_stamp) IsOver FROM sessions s JOIN accounts a ON a.id = s.account ";

    /// <summary>Begins one, in the transaction that lets the person in.</summary>
    /// <param name="confirmedAt">When the person last proved that it is them.</param>
    /// <returns>Its id.</returns>
    public string Begin(SqliteTransaction transaction, Account account, string? address, DateTimeOffset confirmedAt)
    {
        var session = new { Id = Secret.New(), Account = account.Id, Stamp = account.SecurityStamp, Address = address, Now = Now(), Confirmed = confirmedAt.ToUnixTimeMilliseconds() };
        transaction.Connection!.Execute(
            "INSERT INTO sessions (id, account, stamp, address, begun_at, active_at, confirmed_at) VALUES (@Id, @Account, @Stamp, @Address, @Now, @Now, @Confirmed)", session, transaction);
        transaction.Connection!.Execute("DELETE FROM sessions WHERE begun_at < @Before", new { Before = Now() - (long)(2 * Session.Longest.TotalMilliseconds) }, transaction);
        return session.Id;
    }

    /// <returns>Null for an id nobody has.</returns>
    public Session? Find(string id) => store.Read(connection => Those(connection, [id])) is [var session] ? session : null;

    /// <summary>Those that exist.</summary>
    public Task<IReadOnlyList<Session>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancel = default) => store.ReadAsync(connection => Those(connection, ids), cancel);

    /// <summary>Those of an account that have not ended.</summary>
    public Task<IReadOnlyList<Session>> OfAsync(string account, CancellationToken cancel = default) => store.ReadAsync<IReadOnlyList<Session>>(
        connection => [.. connection.Query<Row>(Select + "WHERE s.account = @account ORDER BY s.begun_at DESC", new { account })
            .Select(row => row.ToSession(AccountTable.GrantsOf(connection, account))).Where(session => !session.HasEndedAt(time.GetUtcNow()))], cancel);

    /// <summary>The person did something. Who was away for too long stays idle until they confirm themselves.</summary>
    public Task TouchAsync(string id, CancellationToken cancel = default) => ChangeAsync(
        "UPDATE sessions SET active_at = @Now WHERE id = @Id AND active_at > @IdleSince", new { Id = id, Now = Now(), IdleSince = Now() - (long)Session.Idle.TotalMilliseconds }, cancel);

    /// <summary>The person gave a password or code.</summary>
    public Task ConfirmAsync(string id, CancellationToken cancel = default) =>
        ChangeAsync("UPDATE sessions SET active_at = @Now, confirmed_at = @Now WHERE id = @Id", new { Id = id, Now = Now() }, cancel);

    /// <returns>False when it had ended before.</returns>
    public bool End(SqliteTransaction transaction, string id) =>
        transaction.Connection!.Execute("UPDATE sessions SET ended_at = @Now WHERE id = @Id AND ended_at IS NULL", new { Id = id, Now = Now() }, transaction) == 1;

    /// <summary>Ends an account's other sessions by its new security stamp, and lets this one live on under it.</summary>
    public static void Keep(SqliteTransaction transaction, string id, string stamp) =>
        transaction.Connection!.Execute("UPDATE sessions SET stamp = @stamp WHERE id = @id", new { id, stamp }, transaction);

    public void EndAllOf(SqliteTransaction transaction, string account) =>
        transaction.Connection!.Execute("UPDATE sessions SET ended_at = @Now WHERE account = @Account AND ended_at IS NULL", new { Account = account, Now = Now() }, transaction);

    private static IReadOnlyList<Session> Those(SqliteConnection connection, IReadOnlyCollection<string> ids) =>
        [.. connection.Query<Row>(Select + "WHERE s.id IN @ids", new { ids }).Select(row => row.ToSession(AccountTable.GrantsOf(connection, row.Account)))];

    private Task<int> ChangeAsync(string sql, object parameters, CancellationToken cancel) =>
        store.WriteAsync(transaction => transaction.Connection!.Execute(sql, parameters, transaction), cancel);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Account { get; set; } = "";

        public string Name { get; set; } = "";

        public string? Address { get; set; }

        public long BegunAt { get; set; }

        public long ActiveAt { get; set; }

        public long ConfirmedAt { get; set; }

        public long IsOver { get; set; }

        public long IsOfProvider { get; set; }

        public Session ToSession(Grants grants) => new(
            Id, Account, Name, grants, Address, DateTimeOffset.FromUnixTimeMilliseconds(BegunAt), DateTimeOffset.FromUnixTimeMilliseconds(ActiveAt), DateTimeOffset.FromUnixTimeMilliseconds(ConfirmedAt), IsOver != 0)
        {
            IsOfProvider = IsOfProvider != 0,
        };
    }
}
