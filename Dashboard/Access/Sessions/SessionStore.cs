using System.Data.Common;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Roles;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Access.Sessions;

/// <summary>
/// Keeps in console.db who is signed in, so that every replica knows. It holds the hash of a session's id; the id itself is only in the
/// cookie.
/// </summary>
/// <remarks>All methods throw <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class SessionStore(IConsoleStore store, TimeProvider time)
{
    private const string Select =
        "SELECT s.hash Hash, s.account Account, a.name Name, a.subject IS NOT NULL IsOfProvider, s.address Address, s.begun_at BegunAt, "
            + "s.active_at ActiveAt, s.confirmed_at ConfirmedAt, "
        + "(s.ended_at IS NOT NULL OR a.disabled_at IS NOT NULL OR s.stamp <> a.security_stamp) IsOver FROM sessions s JOIN accounts a "
        + "ON a.id = s.account ";

    private const string Running = "SELECT count(*) FROM sessions WHERE hash = @Hash AND ended_at IS NULL";

    /// <summary>
    /// The maximum number of sessions of one account. A further sign-in removes one that is over, otherwise one that began before the clock
    /// was set back, otherwise the oldest.
    /// </summary>
    public const int MaxPerAccount = 500;

    /// <summary>The maximum number of sessions that one sign-in removes because of their number, and because of their age.</summary>
    private const int AtOnce = 500;

    private readonly RevokedSessions _ended = new(time);

    /// <summary>Begins a session, in the transaction that lets the person in.</summary>
    /// <param name="confirmedAt">When the person last proved their identity.</param>
    /// <returns>The id of the session.</returns>
    public string Begin(DbTransaction transaction, Account account, string? address, DateTimeOffset confirmedAt)
    {
        var id = RandomSecret.New();
        var now = Now();
        var session =
            new
            {
                Hash = RandomSecret.HashOf(id),
                Account = account.Id,
                Stamp = account.SecurityStamp,
                Address = address,
                Now = now,
                Confirmed = confirmedAt.ToUnixTimeMilliseconds()
            };
        transaction.Noting(Of(id)).ExecuteOne(
            "INSERT INTO sessions (hash, account, stamp, address, begun_at, active_at, confirmed_at) VALUES (@Hash, @Account, @Stamp, "
                + "@Address, @Now, @Now, @Confirmed)", session);
        // Not counted: those ended long ago, whether they are still here or not.
        transaction.Connection!.Execute(
            "DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE begun_at < @Before LIMIT @AtOnce); "
            + "DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions WHERE account = @Account AND hash <> @Hash "
            + "ORDER BY ended_at IS NOT NULL OR stamp <> @Stamp OR begun_at <= @RanOut, begun_at > @Latest, begun_at DESC, "
            + $"{store.Dialect.InsertionOrder} DESC LIMIT @AtOnce OFFSET @Others)",
            new
            {
                session.Hash,
                session.Account,
                session.Stamp,
                AtOnce,
                Others = MaxPerAccount - 1,
                Before = now - (long)(2 * Session.Longest.TotalMilliseconds),
                RanOut = now - (long)Session.Longest.TotalMilliseconds,
                Latest = now + (long)Session.Skew.TotalMilliseconds,
            }, transaction);
        return id;
    }

    /// <returns>Null for an unknown id.</returns>
    public Session? Find(string id) => _ended.Has(RandomSecret.HashOf(id)) ? null : store.Read(connection => Find(connection, id));

    /// <summary>Finds the session on the connection of a transaction: the result holds until that ends.</summary>
    public Session? Find(DbConnection connection, string id) =>
        FindAll(connection, [RandomSecret.HashOf(id)]) is [var session] ? session : null;

    /// <summary>Finds the sessions that exist, by their ids.</summary>
    public Task<IReadOnlyDictionary<string, Session>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancel = default) => store.ReadAsync<IReadOnlyDictionary<string, Session>>(
        connection =>
        {
            var hashes = ids.ToDictionary(RandomSecret.HashOf);
            return FindAll(connection, hashes.Keys).ToDictionary(session => hashes[session.Hash]);
        }, cancel);

    /// <summary>Records that the person did something. A person who was inactive for too long stays idle until they confirm.</summary>
    /// <remarks>The write is not counted: if it is lost, the person becomes idle early.</remarks>
    public Task TouchAsync(string id, CancellationToken cancel = default) => ChangeAsync(
        "UPDATE sessions SET active_at = @Now WHERE hash = @Hash AND active_at > @IdleSince AND active_at <= @Latest",
        new
        {
            Hash = RandomSecret.HashOf(id),
            Now = Now(),
            IdleSince = Now() - (long)Session.Idle.TotalMilliseconds,
            Latest = Now() + (long)Session.Skew.TotalMilliseconds
        }, cancel);

    /// <summary>Records that the person gave a password or code.</summary>
    /// <returns>False when the session had ended.</returns>
    public bool Confirm(DbTransaction transaction, string id) => transaction.Noting(Of(id)).ExecuteCounted(
        Running, "UPDATE sessions SET active_at = @Now, confirmed_at = @Now WHERE hash = @Hash",
        new { Hash = RandomSecret.HashOf(id), Now = Now() }) == 1;

    /// <returns>False when it had already ended.</returns>
    public bool End(DbTransaction transaction, string id) => transaction.Noting(Of(id)).ExecuteCounted(
        Running, "UPDATE sessions SET ended_at = @Now WHERE hash = @Hash", new { Hash = RandomSecret.HashOf(id), Now = Now() }) == 1;

    /// <summary>Ends a session while console.db cannot be written: it becomes invalid in this process.</summary>
    public void Forget(string id) => _ended.Add(RandomSecret.HashOf(id));

    /// <summary>Ends an account's other sessions by its new security stamp, and keeps this one under it.</summary>
    /// <returns>False when it had ended, or was removed in favour of newer ones.</returns>
    public static bool Keep(DbTransaction transaction, string id, string stamp) => transaction.Noting(Of(id)).ExecuteCounted(
        Running, "UPDATE sessions SET stamp = @Stamp WHERE hash = @Hash", new { Hash = RandomSecret.HashOf(id), Stamp = stamp }) == 1;

    /// <summary>
    /// Ends all sessions of an account. It also gets a new security stamp, so that a person who gave a password but no code yet begins
    /// again.
    /// </summary>
    public void EndAllOf(DbTransaction transaction, string account)
    {
        AccountChanges.Restamp(transaction, account);
        transaction.ExecuteCounted(
            "SELECT count(*) FROM sessions WHERE account = @Account AND ended_at IS NULL",
            "UPDATE sessions SET ended_at = @Now WHERE account = @Account AND ended_at IS NULL",
            new { Account = account, Now = Now() });
    }

    private IReadOnlyList<Session> FindAll(DbConnection connection, IReadOnlyCollection<string> hashes) =>
        [.. connection.Query<Row>(Select + "WHERE s.hash IN @hashes", new { hashes })
            .Select(row => row.ToSession(AccountTable.GrantsOf(connection, row.Account)))
            .Where(session => !_ended.Has(session.Hash))];

    private Task<int> ChangeAsync(string sql, object parameters, CancellationToken cancel) =>
        store.WriteAsync(transaction => transaction.Connection!.Execute(sql, parameters, transaction), cancel);

    private static Change Of(string id) => new(ChangeKind.Session, Id: RandomSecret.HashOf(id));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public string Hash { get; set; } = "";

        public string Account { get; set; } = "";

        public string Name { get; set; } = "";

        public string? Address { get; set; }

        public long BegunAt { get; set; }

        public long ActiveAt { get; set; }

        public long ConfirmedAt { get; set; }

        public bool IsOver { get; set; }

        public bool IsOfProvider { get; set; }

        public Session ToSession(Grants grants) => new(
            Hash, Account, Name, grants, Address, DateTimeOffset.FromUnixTimeMilliseconds(BegunAt),
            DateTimeOffset.FromUnixTimeMilliseconds(ActiveAt), DateTimeOffset.FromUnixTimeMilliseconds(ConfirmedAt), IsOver)
        {
            IsOfProvider = IsOfProvider,
        };
    }
}
