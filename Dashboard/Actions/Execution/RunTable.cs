using System.Data.Common;
using System.Text.Json;
using Dapper;
using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>The table of runs in console.db.</summary>
internal static class RunTable
{
    private const string Select =
        "SELECT id Id, action Action, instance Instance, run_id RunId, database Database, scope Scope, operator Operator, replica "
            + "Replica, lease Lease, begun_at BegunAt, "
        + "done Done, total Total, says Says, cancelled_by CancelledBy, ended_at EndedAt, result Result, sentence Sentence, counts "
        + "Counts, slot Slot FROM runs ";

    public static void Add(DbTransaction transaction, Run run) => transaction
        .Noting(new(ChangeKind.Run, run.Instance, run.Id.ToString())).ExecuteOne(
        "INSERT INTO runs (id, action, instance, run_id, database, scope, operator, replica, lease, begun_at, total, slot) "
        + "VALUES (@Id, @Action, @Instance, @RunId, @Database, @Scope, @Operator, @Replica, @Lease, @BegunAt, @Total, @Slot)",
        new
        {
            Id = run.Id.ToString(),
            run.Action,
            Instance = run.Instance.Value,
            run.RunId,
            run.Database,
            run.Scope,
            run.Operator,
            run.Replica,
            run.Total,
            Slot = run.HoldsSlot ? 1 : 0,
            Lease = run.Lease.ToUnixTimeMilliseconds(),
            BegunAt = run.BegunAt.ToUnixTimeMilliseconds(),
        });

    /// <summary>
    /// Removes runs that are over: those of this instance beyond the newest <paramref name="most"/>, and those of any that began before
    /// <paramref name="before"/>.
    /// </summary>
    /// <remarks>The newest <paramref name="shown"/> of an instance always stay.</remarks>
    /// <param name="used">Runs still needed: they stay, and so do runs that are narrowed to one of them.</param>
    /// <param name="limit">The maximum number removed of either kind: a file of an earlier version may hold many.</param>
    /// <returns>How many were removed.</returns>
    public static int Prune(
        DbTransaction transaction, InstanceId instance, int most, DateTimeOffset before, int shown, IReadOnlyCollection<Guid> used,
        int limit)
    {
        var bounds = new
        {
            instance = instance.Value,
            most = most - 1,
            before = before.ToUnixTimeMilliseconds(),
            shown = shown - 1,
            used = used.Select(id => id.ToString()),
            limit,
        };
        return transaction.Connection!.Execute(
                "DELETE FROM runs WHERE id IN (SELECT id FROM runs AS old WHERE instance = @instance AND ended_at IS NOT NULL "
                + "AND begun_at < (SELECT begun_at FROM runs WHERE instance = @instance ORDER BY begun_at DESC LIMIT 1 OFFSET @most) "
                + "AND id NOT IN @used AND scope NOT IN @used "
                + "ORDER BY begun_at LIMIT @limit)",
                bounds, transaction)
            + transaction.Connection!.Execute(
                "DELETE FROM runs WHERE id IN (SELECT id FROM runs AS old WHERE begun_at < @before AND ended_at IS NOT NULL "
                + "AND begun_at < (SELECT begun_at FROM runs WHERE instance = old.instance ORDER BY begun_at DESC LIMIT 1 OFFSET @shown) "
                + "AND id NOT IN @used AND scope NOT IN @used "
                + "ORDER BY begun_at LIMIT @limit)",
                bounds, transaction);
    }

    /// <summary>The run that is not over and holds the instance's slot; null when there is none.</summary>
    public static Run? Running(DbConnection connection, InstanceId instance) =>
        connection.QuerySingleOrDefault<Row>(
            Select + "WHERE instance = @instance AND ended_at IS NULL AND slot = 1", new { instance = instance.Value })?.ToRun();

    public static IReadOnlyList<Run> AllRunning(DbConnection connection) =>
        [.. connection.Query<Row>(Select + "WHERE ended_at IS NULL").Select(row => row.ToRun())];

    public static Run? Find(DbConnection connection, Guid id) =>
        connection.QuerySingleOrDefault<Row>(Select + "WHERE id = @id", new { id = id.ToString() })?.ToRun();

    /// <summary>Ids of the runs of one action that were narrowed to this scope.</summary>
    public static IReadOnlyList<Guid> OfScope(DbConnection connection, string action, string scope) =>
        [.. connection.Query<string>("SELECT id FROM runs WHERE action = @action AND scope = @scope", new { action, scope })
            .Select(Guid.Parse)];

    /// <summary>The runs of an instance, newest first.</summary>
    public static IReadOnlyList<Run> Newest(DbConnection connection, InstanceId instance, int most) =>
        [.. connection.Query<Row>(
            Select + "WHERE instance = @instance ORDER BY begun_at DESC LIMIT @most", new { instance = instance.Value, most })
                .Select(row => row.ToRun())];

    /// <summary>Records how far a run is and sets its lease.</summary>
    /// <returns>Null to continue; otherwise why it has to stop: a person stopped it, or another console gave it up.</returns>
    public static string? UpdateProgress(
        DbTransaction transaction, Guid id, string replica, long done, long? total, string says, DateTimeOffset lease)
    {
        var values = new { id = id.ToString(), replica, done, total, says, lease = lease.ToUnixTimeMilliseconds() };
        var kept = transaction.Noting(Of(transaction, id)).ExecuteCounted(
            "SELECT count(*) FROM runs WHERE id = @id AND replica = @replica AND ended_at IS NULL",
            "UPDATE runs SET done = @done, total = @total, says = @says, lease = @lease WHERE id = @id",
            values) == 1;
        if (!kept)
        {
            return "This console did not report its progress for too long, so another console gave up the run.";
        }

        var name = transaction.Connection!.QuerySingle<string?>("SELECT cancelled_by FROM runs WHERE id = @id", values, transaction);
        return name is null ? null : $"{name} stopped it.";
    }

    /// <returns>False when it was over or already cancelled.</returns>
    public static bool Cancel(DbTransaction transaction, Guid id, string name) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM runs WHERE id = @id AND ended_at IS NULL AND cancelled_by IS NULL",
        "UPDATE runs SET cancelled_by = @name WHERE id = @id",
        new { id = id.ToString(), name }) == 1;

    /// <returns>False when it had ended already.</returns>
    public static bool End(DbTransaction transaction, Guid id, ActionOutcome outcome, DateTimeOffset at) => transaction
        .Noting(Of(transaction, id)).ExecuteCounted(
        "SELECT count(*) FROM runs WHERE id = @id AND ended_at IS NULL",
        "UPDATE runs SET ended_at = @at, result = @result, sentence = @sentence, counts = @counts WHERE id = @id",
        new
        {
            id = id.ToString(),
            at = at.ToUnixTimeMilliseconds(),
            result = AuditText.Of(outcome.Result),
            sentence = outcome.Sentence,
            counts = JsonSerializer.Serialize(outcome.Counts),
        }) == 1;

    private static Change Of(DbTransaction transaction, Guid id) => new(
        ChangeKind.Run,
        InstanceId.Parse(transaction.Connection!.QuerySingleOrDefault<string?>(
            "SELECT instance FROM runs WHERE id = @id", new { id = id.ToString() }, transaction)),
        id.ToString());

    private sealed record Row(
        string Id, string Action, string Instance, string RunId, long Database, string Scope, string Operator, string Replica, long Lease,
        long BegunAt,
        long Done, long? Total, string Says, string? CancelledBy, long? EndedAt, string? Result, string? Sentence, string? Counts, long Slot)
    {
        public Run ToRun() =>
            new(Guid.Parse(Id), Action, InstanceId.Parse(Instance)!.Value, RunId, (int)Database, Scope, Operator, Replica,
                DateTimeOffset.FromUnixTimeMilliseconds(BegunAt))
            {
                Lease = DateTimeOffset.FromUnixTimeMilliseconds(Lease),
                Done = Done,
                Total = Total,
                Says = Says,
                CancelledBy = CancelledBy,
                HoldsSlot = Slot != 0,
                EndedAt = EndedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                Result = Enum.TryParse<AuditResult>(Result, ignoreCase: true, out var result) ? result : null,
                Sentence = Sentence,
                Counts = Counts is null ? new Dictionary<string, long>() : JsonSerializer.Deserialize<Dictionary<string, long>>(Counts)!,
            };
    }
}
