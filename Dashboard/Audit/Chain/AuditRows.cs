using System.Data.Common;
using Dapper;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>Reads and appends rows; no statement changes one.</summary>
internal static class AuditRows
{
    public const string Columns =
        "sequence AS Sequence, at AS At, kind AS Kind, act AS Act, replica AS Replica, actor AS Actor, address AS Address, action AS "
            + "Action, subject AS Subject, instance AS Instance, "
        + "run_id AS RunId, database AS Database, counts AS Counts, reason AS Reason, result AS Result, detail AS Detail, previous AS "
        + "Previous, hash AS Hash";

    private const string Insertion =
        "INSERT INTO audit (sequence, at, kind, act, replica, actor, address, action, subject, instance, run_id, database, counts, "
            + "reason, result, detail, previous, hash) "
        + "VALUES (@Sequence, @At, @Kind, @Act, @Replica, @Actor, @Address, @Action, @Subject, @Instance, @RunId, @Database, @Counts, "
        + "@Reason, @Result, @Detail, @Previous, @Hash)";

    /// <exception cref="LostWriteException">The file did not keep the row, or another row follows it.</exception>
    public static void Insert(DbTransaction transaction, AuditRow row)
    {
        transaction.ExecuteOne(Insertion, row);
        // A trigger may have removed the row after the insert, which still counts as inserted.
        if (Last(transaction)?.Hash.AsSpan().SequenceEqual(row.Hash) != true)
        {
            throw new LostWriteException("audit");
        }
    }

    /// <returns>The newest row; null when there is none.</returns>
    public static AuditRow? Last(DbTransaction transaction) =>
        transaction.Connection!.QueryFirstOrDefault<AuditRow>(
            $"SELECT {Columns} FROM audit ORDER BY sequence DESC LIMIT 1", transaction: transaction);

    public static bool None(DbConnection connection, DbTransaction? transaction = null) =>
        connection.ExecuteScalar<bool>("SELECT NOT EXISTS (SELECT 1 FROM audit)", transaction: transaction);

    /// <returns>The number of the newest row; 0 when there is none.</returns>
    public static long Newest(DbConnection connection) => connection.ExecuteScalar<long?>("SELECT max(sequence) FROM audit") ?? 0;

    /// <summary>Returns all rows after <paramref name="sequence"/> in order, one at a time.</summary>
    public static IEnumerable<AuditRow> After(DbConnection connection, long sequence, DbTransaction? transaction = null) =>
        connection.Query<AuditRow>(
            $"SELECT {Columns} FROM audit WHERE sequence > @sequence ORDER BY sequence", new { sequence }, transaction, buffered: false);

    public static bool Exists(DbTransaction transaction, string act, string kind) =>
        transaction.Connection!.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM audit WHERE act = @act AND kind = @kind)", new { act, kind }, transaction);
}
