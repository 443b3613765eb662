using System.Data.Common;
using Dapper;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// What is still to be done after tokens were revoked, and what came of it, for all consoles that share the store. A step is done by one
/// console; one that falls silent loses it to another.
/// </summary>
/// <remarks>All of it throws <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class RevocationSteps(IConsoleStore store, ReplicaId replica, TimeProvider time)
{
    /// <summary>How long a step may take before another console does it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>When the steps of a run are done whose console ended in the middle. Longer than runs usually take.</summary>
    public static readonly TimeSpan Handover = TimeSpan.FromMinutes(10);

    /// <summary>How long steps are kept: as long as the digests.</summary>
    private static readonly TimeSpan MaxAge = RevokedTokens.MaxAge;

    private const string Select =
        "SELECT run Run, step Step, instance Instance, user_id User, all_of_user AllOfUser, due_at DueAt, lease Lease, ended_at EndedAt, "
            + "level Level, sentence Sentence, details Details FROM revocation_steps ";

    private static readonly (RevocationStepKind Kind, string Word, TimeSpan After)[] Plan =
    [
        (RevocationStepKind.CutSockets, "sockets-0", TimeSpan.Zero),
        (RevocationStepKind.CutSocketsSoon, "sockets-2", TimeSpan.FromSeconds(2)),
        (RevocationStepKind.LookSoon, "look-5", TimeSpan.FromSeconds(5)),
        (RevocationStepKind.CutSocketsLater, "sockets-10", TimeSpan.FromSeconds(10)),
        (RevocationStepKind.LookLater, "look-60", TimeSpan.FromSeconds(60)),
    ];

    private static readonly (RevocationStepKind Kind, string Word)[] Words =
        [.. Plan.Select(step => (step.Kind, step.Word)), (RevocationStepKind.SeenAgain, "seen-again")];

    /// <summary>
    /// Plans the steps of a run before it deletes anything: they are done after <see cref="Handover"/> where its console ends without
    /// <see cref="StartAsync"/>.
    /// </summary>
    /// <param name="user">Whose tokens; null where they were of several, or not known: then no sockets can be found.</param>
    public Task<bool> AddAsync(Run run, string? user, bool allOfUser, CancellationToken cancel) => AddAsync(
        run.Id, run.Instance, user, allOfUser, Handover, Plan.Where(step => user is not null || !IsOfSockets(step.Kind)), cancel);

    /// <summary>The run deleted what it could: its steps are due from now on, each in its time.</summary>
    public Task<bool> StartAsync(Guid run, CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var now = time.GetUtcNow();
            foreach (var (_, word, after) in Plan)
            {
                transaction.ExecuteCounted(
                    "SELECT count(*) FROM revocation_steps WHERE run = @run AND step = @word",
                    "UPDATE revocation_steps SET due_at = @due, lease = 0, replica = NULL, ended_at = NULL, level = NULL, sentence = NULL, "
                        + "details = NULL WHERE run = @run AND step = @word",
                    new { run = run.ToString(), word, due = (now + after).ToUnixTimeMilliseconds() });
            }

            return NoteChange(transaction, run);
        }, cancel);

    /// <summary>The run deleted nothing: there is nothing to look at.</summary>
    public Task<bool> RemoveAsync(Guid run, CancellationToken cancel) => store.WriteAsync(
        transaction => NoteChange(transaction, run) && transaction.ExecuteCounted(
            "SELECT count(*) FROM revocation_steps WHERE run = @run", "DELETE FROM revocation_steps WHERE run = @run",
            new { run = run.ToString() }) > 0, cancel);

    /// <summary>Plans to cut the sockets of a user, without a run.</summary>
    /// <param name="allOfUser">Whether clients are told not to connect again.</param>
    /// <returns>What the steps are found by.</returns>
    public async Task<Guid> AddSocketsAsync(InstanceId instance, string user, bool allOfUser, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        await AddAsync(id, instance, user, allOfUser, TimeSpan.Zero, Plan.Where(step => IsOfSockets(step.Kind)), cancel);
        return id;
    }

    /// <summary>Has a step that is due wait, because what it needs is not there now.</summary>
    public Task<bool> PostponeAsync(RevocationStep step, TimeSpan wait, CancellationToken cancel) => store.WriteAsync(
        transaction => transaction.ExecuteCounted(
            "SELECT count(*) FROM revocation_steps WHERE run = @run AND step = @word AND ended_at IS NULL",
            "UPDATE revocation_steps SET lease = @lease, replica = NULL WHERE run = @run AND step = @word",
            new
            {
                run = step.Run.ToString(),
                word = WordOf(step.Kind),
                lease = (time.GetUtcNow() + wait).ToUnixTimeMilliseconds(),
            }) == 1, cancel);

    /// <summary>Records that tokens which a run revoked were found again.</summary>
    /// <returns>The step, once for each run; null where it was recorded before, and where nothing is known of the run.</returns>
    public Task<RevocationStep?> AddSeenAsync(Guid run, string sentence, CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var known = Read(
                transaction.Connection!, "WHERE run = @run ORDER BY due_at", new { run = run.ToString() }, transaction).ToList();
            if (known is not [var first, ..] || known.Exists(step => step.Kind == RevocationStepKind.SeenAgain))
            {
                return null;
            }

            var now = time.GetUtcNow();
            transaction.Noting(new(ChangeKind.Aftermath, first.Instance, run.ToString())).ExecuteOne(
                "INSERT INTO revocation_steps "
                    + "(run, step, instance, user_id, all_of_user, due_at, ended_at, level, sentence) "
                    + "VALUES (@run, @word, @instance, @user, @allOfUser, @now, @now, 'warn', @sentence)",
                new
                {
                    run = run.ToString(),
                    word = WordOf(RevocationStepKind.SeenAgain),
                    instance = first.Instance.Value,
                    user = first.User,
                    allOfUser = first.AllOfUser ? 1 : 0,
                    now = now.ToUnixTimeMilliseconds(),
                    sentence,
                });
            return first with { Kind = RevocationStepKind.SeenAgain, DueAt = now, EndedAt = now, Level = "warn", Sentence = sentence };
        }, cancel);

    private Task<bool> AddAsync(
        Guid run, InstanceId instance, string? user, bool allOfUser, TimeSpan wait,
        IEnumerable<(RevocationStepKind Kind, string Word, TimeSpan After)> steps,
        CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var now = time.GetUtcNow();
            transaction.Connection!.Execute(
                "DELETE FROM revocation_steps WHERE due_at < @before",
                new { before = (now - MaxAge).ToUnixTimeMilliseconds() }, transaction);
            foreach (var (_, word, after) in steps)
            {
                transaction.Noting(new(ChangeKind.Aftermath, instance, run.ToString())).ExecuteOne(
                    "INSERT INTO revocation_steps (run, step, instance, user_id, all_of_user, due_at) "
                        + "VALUES (@run, @word, @instance, @user, @allOfUser, @due)",
                    new
                    {
                        run = run.ToString(),
                        word,
                        instance = instance.Value,
                        user,
                        allOfUser = allOfUser ? 1 : 0,
                        due = (now + wait + after).ToUnixTimeMilliseconds(),
                    });
            }

            return true;
        }, cancel);

    /// <summary>Claims the steps that are due and that no other console works on.</summary>
    public async Task<IReadOnlyList<RevocationStep>> ClaimDueAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var values = new { now = now.ToUnixTimeMilliseconds(), lease = (now + Lease).ToUnixTimeMilliseconds(), replica = replica.Value };
        if (!await store.ReadAsync(
            connection => connection.QuerySingle<bool>(
                "SELECT EXISTS (SELECT 1 FROM revocation_steps WHERE ended_at IS NULL AND due_at <= @now AND lease <= @now)",
                values), cancel))
        {
            return [];
        }

        return await store.WriteAsync<IReadOnlyList<RevocationStep>>(
            transaction =>
            {
                List<RevocationStep> due =
                [
                    .. Read(
                        transaction.Connection!, "WHERE ended_at IS NULL AND due_at <= @now AND lease <= @now ORDER BY due_at LIMIT 20",
                        values, transaction),
                ];
                foreach (var step in due)
                {
                    transaction.ExecuteOne(
                        "UPDATE revocation_steps SET lease = @lease, replica = @replica WHERE run = @run AND step = @word",
                        new { values.lease, values.replica, run = step.Run.ToString(), word = WordOf(step.Kind) });
                }

                return due;
            }, cancel);
    }

    /// <summary>Records what came of a step.</summary>
    /// <param name="level"><c>ok</c>, <c>warn</c> or <c>unknown</c>.</param>
    /// <returns>False when it had ended already.</returns>
    /// <param name="details">What the step found, as JSON of its own; null for nothing.</param>
    public Task<bool> EndAsync(
        RevocationStep step, string level, string sentence, string? details, CancellationToken cancel) => store.WriteAsync(
        transaction => transaction.Noting(new(ChangeKind.Aftermath, step.Instance, step.Run.ToString())).ExecuteCounted(
            "SELECT count(*) FROM revocation_steps WHERE run = @run AND step = @word AND ended_at IS NULL",
            "UPDATE revocation_steps SET ended_at = @at, level = @level, sentence = @sentence, details = @details "
                + "WHERE run = @run AND step = @word",
            new
            {
                run = step.Run.ToString(),
                word = WordOf(step.Kind),
                at = time.GetUtcNow().ToUnixTimeMilliseconds(),
                level,
                sentence,
                details,
            }) == 1, cancel);

    /// <summary>The instance on which a run revoked tokens; null for a run that is not known.</summary>
    public Task<InstanceId?> InstanceOfAsync(Guid run, CancellationToken cancel) => store.ReadAsync(
        connection => InstanceId.Parse(connection.QueryFirstOrDefault<string?>(
            "SELECT instance FROM revocation_steps WHERE run = @run", new { run = run.ToString() })), cancel);

    /// <summary>The steps of the latest runs of an instance, those of the newest run first.</summary>
    /// <param name="since">Runs all of whose steps were due and ended before are left out.</param>
    public Task<IReadOnlyList<RevocationStep>> LatestAsync(InstanceId instance, DateTimeOffset since, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<RevocationStep>>(
            connection => [.. Read(
                connection,
                "WHERE instance = @instance AND run IN (SELECT run FROM revocation_steps WHERE instance = @instance "
                    + "AND (due_at >= @since OR ended_at >= @since)) ORDER BY run DESC, due_at",
                new { instance = instance.Value, since = since.ToUnixTimeMilliseconds() }, null)], cancel);

    /// <summary>What the steps of a run that are over found, in order of their time.</summary>
    public Task<IReadOnlyList<RevocationStep>> EndedAsync(Guid run, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<RevocationStep>>(
            connection => [.. Read(
                connection, "WHERE run = @run AND ended_at IS NOT NULL ORDER BY due_at", new { run = run.ToString() }, null)], cancel);

    /// <summary>Has pages read the steps of a run again.</summary>
    /// <returns>False for a run without steps.</returns>
    private static bool NoteChange(DbTransaction transaction, Guid run)
    {
        var instance = InstanceId.Parse(transaction.Connection!.QueryFirstOrDefault<string?>(
            "SELECT instance FROM revocation_steps WHERE run = @run", new { run = run.ToString() }, transaction));
        if (instance is { } known)
        {
            transaction.Noting(new(ChangeKind.Aftermath, known, run.ToString()));
        }

        return instance is not null;
    }

    private static bool IsOfSockets(RevocationStepKind kind) =>
        kind is RevocationStepKind.CutSockets or RevocationStepKind.CutSocketsSoon or RevocationStepKind.CutSocketsLater;

    private static string WordOf(RevocationStepKind kind) => Words.First(step => step.Kind == kind).Word;

    private static IEnumerable<RevocationStep> Read(DbConnection connection, string where, object values, DbTransaction? transaction) =>
        connection.Query<Row>(Select + where, values, transaction)
            .Where(row => Words.Any(step => step.Word == row.Step))
            .Select(row => row.ToStep());

    private sealed record Row(
        string Run, string Step, string Instance, string? User, long AllOfUser, long DueAt, long Lease, long? EndedAt, string? Level,
        string? Sentence, string? Details)
    {
        public RevocationStep ToStep() => new(
            Guid.Parse(Run), Words.First(step => step.Word == Step).Kind, InstanceId.Parse(Instance)!.Value, User, AllOfUser != 0,
            DateTimeOffset.FromUnixTimeMilliseconds(DueAt))
        {
            Lease = DateTimeOffset.FromUnixTimeMilliseconds(Lease),
            EndedAt = EndedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            Level = Level,
            Sentence = Sentence,
            Details = Details,
        };
    }
}
