using System.Data.Common;
using Dapper;
using Dashboard.Audit.Chain;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Audit.Intents;

/// <summary>
/// Until when the run that began an act is believed to be working on it. Leases are not part of the chain: they are removed with the
/// outcome.
/// </summary>
internal static class IntentLeases
{
    private const string Open = "AND NOT EXISTS (SELECT 1 FROM audit AS outcomes WHERE outcomes.act = audit.act AND outcomes.kind = "
        + "'outcome')";

    /// <summary>The CROSS JOIN makes SQLite read the few leases, and not the many intents.</summary>
    private const string Expired = "FROM leases CROSS JOIN audit WHERE audit.act = leases.act AND audit.kind = 'intent' AND leases.until "
        + "<= @now " + Open;

    /// <summary>Reads every intent there ever was.</summary>
    private const string WithoutLease =
        "FROM audit WHERE audit.kind = 'intent' AND audit.act IS NOT NULL AND NOT EXISTS (SELECT 1 FROM leases "
        + "WHERE leases.act = audit.act) " + Open;

    private static readonly string Columns = string.Join(", ", AuditRows.Columns.Split(", ").Select(column => "audit." + column));

    public static void Take(DbTransaction transaction, Guid act, ReplicaId replica, DateTimeOffset until) => transaction.ExecuteOne(
        "INSERT INTO leases (act, replica, until) VALUES (@act, @replica, @until)",
        new { act = act.ToString(), replica = replica.Value, until = until.ToUnixTimeMilliseconds() });

    /// <returns>False when the intent was given up in the meantime.</returns>
    public static bool Renew(DbTransaction transaction, Guid act, ReplicaId replica, DateTimeOffset until) => transaction.ExecuteCounted(
        "SELECT count(*) FROM leases WHERE act = @act AND replica = @replica",
        "UPDATE leases SET until = @until WHERE act = @act",
        new { act = act.ToString(), replica = replica.Value, until = until.ToUnixTimeMilliseconds() }) == 1;

    /// <remarks>
    /// The write is not counted: a lease that remains means nothing once its act has an outcome, which must not be lost because of it.
    /// </remarks>
    public static void Drop(DbTransaction transaction, string act) =>
        transaction.Connection!.Execute("DELETE FROM leases WHERE act = @act", new { act }, transaction);

    /// <summary>Whether an intent without an outcome has an expired lease.</summary>
    public static bool AnyExpired(DbConnection connection, DateTimeOffset now) =>
        connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 {Expired})", new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>
    /// Whether an intent without an outcome has no lease, because it was removed by hand. It reads all intents, so it must be called
    /// rarely.
    /// </summary>
    public static bool AnyWithoutLease(DbConnection connection) =>
        connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 {WithoutLease})");

    /// <summary>Returns intents with an expired lease, oldest first.</summary>
    public static List<AuditRow> ExpiredAt(DbTransaction transaction, DateTimeOffset now) =>
        transaction.Connection!.Query<AuditRow>(
            $"SELECT {Columns} {Expired} ORDER BY audit.sequence", new { now = now.ToUnixTimeMilliseconds() }, transaction).AsList();

    /// <summary>Returns intents without a lease, oldest first.</summary>
    public static List<AuditRow> FindWithoutLease(DbTransaction transaction) =>
        transaction.Connection!.Query<AuditRow>($"SELECT {Columns} {WithoutLease} ORDER BY audit.sequence", transaction: transaction)
            .AsList();
}
