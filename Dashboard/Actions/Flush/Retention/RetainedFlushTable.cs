using System.Data.Common;
using Dapper;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>
/// Retained flushes in console.db. Each change names the state it starts from, so that of two concurrent changes one succeeds.
/// </summary>
internal static class RetainedFlushTable
{
    private const string Select =
        "SELECT id Id, instance Instance, run_id RunId, database Database, spare Spare, keys Keys, operator Operator, state State, run "
            + "Run, lease Lease, swapped_at SwappedAt, ends_at EndsAt, begun_at BegunAt, foreign_keys ForeignKeys, sentence Sentence "
            + "FROM swaps ";

    /// <returns>False when another flush keeps something there.</returns>
    public static bool Add(DbTransaction transaction, RetainedFlush flush)
    {
        var row = new
        {
            Id = flush.Id.ToString(),
            Instance = flush.Instance.Value,
            flush.RunId,
            flush.Database,
            flush.Spare,
            flush.Keys,
            flush.Operator,
            State = Word(flush.State),
            Run = flush.Run?.ToString(),
            SwappedAt = flush.SwappedAt.ToUnixTimeMilliseconds(),
            EndsAt = flush.EndsAt.ToUnixTimeMilliseconds(),
            flush.ForeignKeys,
        };
        if (transaction.Connection!.QuerySingle<bool>(
            "SELECT EXISTS (SELECT 1 FROM swaps WHERE id = @Id OR (instance = @Instance AND spare = @Spare AND run_id = @RunId "
                + "AND state <> 'over'))", row, transaction))
        {
            return false;
        }

        transaction.Noting(new(ChangeKind.Aftermath, flush.Instance, row.Id)).ExecuteOne(
            "INSERT INTO swaps (id, instance, run_id, database, spare, keys, operator, state, run, swapped_at, ends_at, "
            + "foreign_keys) VALUES (@Id, @Instance, @RunId, @Database, @Spare, @Keys, @Operator, @State, @Run, @SwappedAt, @EndsAt, "
            + "@ForeignKeys)", row);
        return true;
    }

    /// <summary>
    /// Removes what is over: of this instance beyond the newest <paramref name="most"/>, and of any that ended before
    /// <paramref name="before"/>.
    /// </summary>
    /// <param name="limit">Of either kind, at most: a file of an earlier version may hold many.</param>
    public static void Prune(
        DbTransaction transaction, InstanceId instance, int most, DateTimeOffset before, int limit) => transaction.Connection!.Execute(
        "DELETE FROM swaps WHERE id IN (SELECT id FROM swaps WHERE state = 'over' AND instance = @instance "
        + "AND ended_at < (SELECT ended_at FROM swaps WHERE state = 'over' AND instance = @instance ORDER BY ended_at DESC LIMIT 1 "
        + "OFFSET @most) ORDER BY ended_at LIMIT @limit); "
        + "DELETE FROM swaps WHERE id IN (SELECT id FROM swaps WHERE state = 'over' AND ended_at < @before ORDER BY ended_at LIMIT @limit)",
        new
        {
            instance = instance.Value,
            most = most - 1,
            before = before.ToUnixTimeMilliseconds(),
            limit
        }, transaction);

    public static RetainedFlush? Find(DbConnection connection, Guid id) =>
        connection.QuerySingleOrDefault<Row>(Select + "WHERE id = @id", new { id = id.ToString() })?.ToRetainedFlush();

    /// <summary>Not over, oldest first.</summary>
    public static IReadOnlyList<RetainedFlush> Open(DbConnection connection) =>
        [.. connection.Query<Row>(Select + "WHERE state <> 'over' ORDER BY swapped_at").Select(row => row.ToRetainedFlush())];

    /// <summary>From one state to another. What was in the way in the state before is forgotten.</summary>
    /// <param name="run">The run that works on it from now on; null when none does.</param>
    /// <returns>False when it was not in that state.</returns>
    public static bool Move(
        DbTransaction transaction, Guid id, RetentionState from, RetentionState to, Guid? run = null, DateTimeOffset? lease = null) =>
            transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM swaps WHERE id = @id AND state = @from",
        from == to
            ? "UPDATE swaps SET state = @to, run = @run, lease = @lease WHERE id = @id"
            : "UPDATE swaps SET state = @to, run = @run, lease = @lease, sentence = NULL WHERE id = @id",
        new { id = id.ToString(), from = Word(from), to = Word(to), run = run?.ToString(), lease = lease?.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>Its token was written; the exchange may be sent.</summary>
    /// <returns>False when it is not pending any more.</returns>
    public static bool SetBegun(DbTransaction transaction, Guid id, long at) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM swaps WHERE id = @id AND state = 'begun'",
        "UPDATE swaps SET begun_at = @at WHERE id = @id", new { id = id.ToString(), at }) == 1;

    public static void SetKeys(DbTransaction transaction, Guid id, long keys) =>
        transaction.Noting(Of(transaction, id)).ExecuteOne(
            "UPDATE swaps SET keys = @keys WHERE id = @id", new { id = id.ToString(), keys });

    /// <summary>Records what the check of all names found.</summary>
    /// <returns>False when it is not retained, or was checked already.</returns>
    public static bool SetForeignKeys(DbTransaction transaction, Guid id, string found) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM swaps WHERE id = @id AND state = 'kept' AND foreign_keys IS NULL",
        "UPDATE swaps SET foreign_keys = @found WHERE id = @id", new { id = id.ToString(), found }) == 1;

    /// <summary>Sets the time from which it is purged.</summary>
    public static void SetEnd(DbTransaction transaction, Guid id, DateTimeOffset at) =>
        transaction.Noting(Of(transaction, id)).ExecuteOne(
            "UPDATE swaps SET ends_at = @at WHERE id = @id", new { id = id.ToString(), at = at.ToUnixTimeMilliseconds() });

    /// <summary>Sets why it is still kept; null where nothing is in the way.</summary>
    /// <returns>False when that was known before, or it is over.</returns>
    public static bool SetDelay(DbTransaction transaction, Guid id, string? why) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM swaps WHERE id = @id AND state <> 'over' AND sentence IS DISTINCT FROM @why",
        "UPDATE swaps SET sentence = @why WHERE id = @id", new { id = id.ToString(), why }) == 1;

    /// <summary>
    /// A person ends its time. What the check found is deleted as well, because they saw it; a check that is not complete is completed.
    /// </summary>
    /// <param name="seen">What the check had found by the time that the person saw it; null where it was not complete.</param>
    /// <returns>False when it is not retained, or the check has found something since.</returns>
    public static bool EndNow(DbTransaction transaction, Guid id, string? seen, DateTimeOffset now) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM swaps WHERE id = @id AND state = 'kept' AND foreign_keys IS NOT DISTINCT FROM @seen",
        "UPDATE swaps SET ends_at = @now, foreign_keys = @found WHERE id = @id",
        new { id = id.ToString(), seen, now = now.ToUnixTimeMilliseconds(), found = seen is null ? null : "" }) == 1;

    /// <returns>False when it was not in that state, or another run works on it.</returns>
    public static bool End(
        DbTransaction transaction, Guid id, RetentionState from, Guid? run, string sentence, DateTimeOffset at) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM swaps WHERE id = @id AND state = @from AND run IS NOT DISTINCT FROM @run",
        "UPDATE swaps SET state = 'over', run = NULL, lease = NULL, ended_at = @at, sentence = @sentence WHERE id = @id",
        new { id = id.ToString(), from = Word(from), run = run?.ToString(), sentence, at = at.ToUnixTimeMilliseconds() }) == 1;

    private static Change Of(DbTransaction transaction, Guid id) => new(
        ChangeKind.Aftermath,
        InstanceId.Parse(transaction.Connection!.QuerySingleOrDefault<string?>(
            "SELECT instance FROM swaps WHERE id = @id", new { id = id.ToString() }, transaction)),
        id.ToString());

    /// <summary>The words of the file, which came before the names.</summary>
    private static string Word(RetentionState state) => state switch
    {
        RetentionState.Pending => "begun",
        RetentionState.Retained => "kept",
        RetentionState.Restoring => "returning",
        RetentionState.Purging => "purging",
        RetentionState.Closed => "over",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private sealed record Row(
        string Id, string Instance, string RunId, long Database, long Spare, long Keys, string Operator, string State, string? Run,
        long? Lease, long SwappedAt, long EndsAt, long? BegunAt, string? ForeignKeys, string? Sentence)
    {
        public RetainedFlush ToRetainedFlush() => new(
            Guid.Parse(Id), InstanceId.Parse(Instance)!.Value, RunId, (int)Database, (int)Spare, Keys, Operator,
            Enum.GetValues<RetentionState>().First(state => Word(state) == State),
            DateTimeOffset.FromUnixTimeMilliseconds(SwappedAt), DateTimeOffset.FromUnixTimeMilliseconds(EndsAt))
        {
            Run = Run is null ? null : Guid.Parse(Run),
            BegunAt = BegunAt,
            ForeignKeys = ForeignKeys,
            Delay = State == Word(RetentionState.Closed) ? null : Sentence,
            Lease = Lease is { } lease ? DateTimeOffset.FromUnixTimeMilliseconds(lease) : null,
        };
    }
}
