using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.Audit;

/// <summary>Until when the run that began an act may be believed to be at it. Not part of the chain: leases come and go.</summary>
internal static class Leases
{
    private const string Expired =
        "FROM audit LEFT JOIN leases ON leases.act = audit.act WHERE audit.kind = 'intent' AND audit.act IS NOT NULL AND (leases.until IS NULL OR leases.until <= @now) "
        + "AND NOT EXISTS (SELECT 1 FROM audit AS outcomes WHERE outcomes.act = audit.act AND outcomes.kind = 'outcome')";

    private static readonly string ExpiredRows =
        $"SELECT {string.Join(", ", AuditRows.Columns.Split(", ").Select(column => "audit." + column))} {Expired} ORDER BY audit.sequence";

    public static void Take(SqliteTransaction transaction, Guid act, ReplicaId replica, DateTimeOffset until) => transaction.Connection!.Execute(
        "INSERT INTO leases (act, replica, until) VALUES (@act, @replica, @until)",
        new { act = act.ToString(), replica = replica.Value, until = until.ToUnixTimeMilliseconds() }, transaction);

    /// <returns>False when it was given up meanwhile.</returns>
    public static bool Renew(SqliteTransaction transaction, Guid act, ReplicaId replica, DateTimeOffset until) => transaction.Connection!.Execute(
        "UPDATE leases SET until = @until WHERE act = @act AND replica = @replica",
        new { act = act.ToString(), replica = replica.Value, until = until.ToUnixTimeMilliseconds() }, transaction) == 1;

    public static void Drop(SqliteTransaction transaction, string act) => transaction.Connection!.Execute("DELETE FROM leases WHERE act = @act", new { act }, transaction);

    /// <summary>Whether an intent without an outcome has no lease, or one that ran out.</summary>
    public static bool AnyExpired(SqliteConnection connection, DateTimeOffset now) =>
        connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 {Expired})", new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>Those intents, oldest first.</summary>
    public static List<AuditRow> ExpiredAt(SqliteTransaction transaction, DateTimeOffset now) =>
        transaction.Connection!.Query<AuditRow>(ExpiredRows, new { now = now.ToUnixTimeMilliseconds() }, transaction).AsList();
}
