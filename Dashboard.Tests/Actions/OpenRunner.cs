using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Recovery;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Planning;
using Dashboard.Actions.Reclaim;
using Dashboard.Actions.Sampling;
using Dashboard.Actions.Scanning;
using Dashboard.Actions.Tokens;
using Dashboard.Audit;
using Dashboard.Audit.Aggregation;
using Dashboard.Configuration;
using Dashboard.Fakes;
using Dashboard.History;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Realtime;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions;

/// <summary>The action runner of a console with its own store, on one real server.</summary>
internal sealed class OpenRunner : IAsyncDisposable
{
    private readonly TestFolder? _folder;
    private readonly WriterFixture _history = new();
    private readonly TestServer _server;
    private readonly ForeignKeySearches _searches;

    /// <summary>Lets one caller at a time wait for the end of a run, because that caller takes the poll request of the run.</summary>
    private readonly SemaphoreSlim _watching = new(1);

    public OpenRunner(TestServer server, Purpose purpose, params IAdminAction[] actions)
        : this(server, server.Instance(purpose), new RunnerOptions(), actions)
    {
    }

    /// <param name="server">The server that is polled.</param>
    /// <param name="instance">The instance as the console knows it; its address may lead elsewhere.</param>
    public OpenRunner(TestServer server, Instance instance, RunnerOptions options, params IAdminAction[] actions)
    {
        (_server, Instance, Options) = (server, instance, options);
        _folder = options.Folder is null ? new() : null;
        Settings = new([Instance], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "production");
        Console = new(options.Folder ?? _folder!.Path, TimeProvider.System, options.Replica, around: options.Around);
        Sessions = new(Console.Store, Ages);
        Fleet = new(Settings, NullLogger<Fleet>.Instance);
        Flushes = new(Console.Store, options.Keeping);
        Aftermaths = [new FlushAftermath(Flushes)];
        Runs = new(Console.Store, new ReplicaId(options.Replica), Aftermaths, options.Keeping);
        var refusals = new RepeatedRefusals(Console.Trail, TimeProvider.System, NullLogger<RepeatedRefusals>.Instance);
        Authorizer = new(Sessions, Console.Store, refusals, Ages);
        var (pending, servers) = (new PendingPlans(TimeProvider.System), new ValkeyServers(options.Waiting));
        var (pace, time) = (ScanBudget.Default with { PageSize = options.PageSize }, options.Waiting);
        _searches = new(servers, pace, time);
        var history = new RecoveryEstimate(_history.Query, time);
        var names = new KeyCheck(_searches, time);
        var flush = new FlushCache(Flushes, Runs, history, names, time);
        var undo = new UndoFlush(Flushes, names, pace, time);
        (Revoked, RevokedKeys, Steps) = (
            new(Console.Store, options.Keeping), new(options.Keeping), new(Console.Store, new ReplicaId(options.Replica), options.Keeping));
        Tokens = new(TimeProvider.System);
        Finder = new(
            options.Tokens, Tokens,
            new(
                options.Tokens, new(Revoked, Steps, Console.Trail, options.Keeping), servers, pace, options.Keeping,
                NullLogger<TokenSearchRunner>.Instance),
            Fleet, Authorizer, Console.Trail);
        Sampler = new(options.Tokens, servers, Fleet, Authorizer);
        var revoke = new RevokeTokens(options.Tokens, Tokens, Revoked, Steps, RevokedKeys, pace, time);
        Look = new(options.Tokens, Fleet, RevokedKeys, Revoked, servers, pace, time);
        Actions = new(actions is [] ? [
            flush, new FlushByPrefix(pace, time), undo, new ClearLeftover(Flushes, pace, time),
            new ReclaimExpired(pace, time), revoke, new RepairTokens(options.Tokens, Tokens, pace, time)] : actions);
        Planner = new(Actions, Fleet, Authorizer, pending, servers);
        PollRequests = new(Settings, time);
        // A run that cannot store its progress for seconds stops; for this runner no time passes.
        Runner = new(Runs, Console.Trail, refusals, servers, PollRequests, new PatientTime(), NullLogger<ActionRunner>.Instance);
        var backoff = new RetryBackoff(options.Keeping);
        // The clock of the test stands still, so that the purge must not pause by it.
        var purge = new RetentionPurge(Flushes, backoff, Console.Trail, pace with { Pause = TimeSpan.Zero }, options.Keeping);
        var check = new RetentionCheck(Flushes, backoff, Console.Trail, pace with { Pause = TimeSpan.Zero }, options.Keeping);
        Keeper = new(Flushes, Runs, Runner, undo, check, purge, new(options.ServerAhead), Console.Trail, backoff, Settings, servers);
        Sweep = new(Flushes, Keeper, options.Keeping, NullLogger<RetentionSweeper>.Instance);
        Executor = new(Actions, Fleet, Authorizer, Console.Trail, pending, Runner, TimeProvider.System);
        Undo = new(Planner, Executor, Authorizer, Console.Trail, Flushes, options.Keeping);
    }

    /// <summary>The clock by which sessions age and step-up expires. It stands still unless a test moves it.</summary>
    public FakeTimeProvider Ages { get; } = new(TimeProvider.System.GetUtcNow());

    public RunnerOptions Options { get; }

    public Instance Instance { get; }

    public MonitoringSettings Settings { get; }

    public OpenTrail Console { get; }

    public SessionStore Sessions { get; }

    public Authorizer Authorizer { get; }

    public Fleet Fleet { get; }

    public PollRequests PollRequests { get; }

    public RunStore Runs { get; }

    public RetainedFlushes Flushes { get; }

    public IReadOnlyList<IActionAftermath> Aftermaths { get; }

    public TokenSearches Tokens { get; }

    public TokenFinder Finder { get; }

    public TokenSampler Sampler { get; }

    public RevokedTokens Revoked { get; }

    public RevokedKeys RevokedKeys { get; }

    public RevocationSteps Steps { get; }

    public RevocationLook Look { get; }

    public RetentionKeeper Keeper { get; }

    public RetentionSweeper Sweep { get; }

    public FlushUndo Undo { get; }

    public ActionCatalog Actions { get; }

    public ActionPlanner Planner { get; }

    public ActionExecutor Executor { get; }

    public ActionRunner Runner { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Polls the server and records the answer, as the poller would.</summary>
    /// <param name="other">The server that answers, where it is not the usual one.</param>
    public async Task PollAsync(TestServer? other = null) =>
        Fleet.Record(Instance.Id, Given.Answered(Snapshot.Parse((string)(await (other ?? _server).CallAsync("INFO", "everything"))!)));

    /// <returns>The session.</returns>
    public Task<string> SignInAsync(string name, OperatorRole role) => Console.Store.WriteAsync(
        transaction =>
        {
            Console.Log.BeginIn(transaction);
            var account = new Account { Name = name, PlainName = name.ToUpperInvariant(), CreatedAt = Ages.GetUtcNow() };
            AccountTable.Add(transaction, account);
            AccountTable.SetGrants(transaction, account.Id, new([new Grant(role)]));
            return Sessions.Begin(transaction, account, "10.0.0.9", Ages.GetUtcNow());
        }, Cancel);

    public async Task<ActionPlan> PlanAsync(string session, string action = "probe", string scope = "")
    {
        var result = await Planner.PlanAsync(session, action, Instance.Id, scope, Cancel);
        Assert.Null((result as PlanResult.Refused)?.Why);
        return Assert.IsType<PlanResult.Planned>(result).Plan;
    }

    /// <summary>Lets the next preview or flush check all names again.</summary>
    public void ForgetChecks() => _searches.Forget(Instance.Id);

    /// <summary>Asks for a plan that is refused, and returns why.</summary>
    public async Task<Refusal> RefusedAsync(string session, string action = "probe", string scope = "") =>
        Assert.IsType<PlanResult.Refused>(await Planner.PlanAsync(session, action, Instance.Id, scope, Cancel)).Why;

    public Task<RunResult> BeginAsync(string session, ActionPlan plan, string? phrase = null, string reason = "deploy") =>
        Executor.ExecuteAsync(session, new PlanConfirmation(plan.Id, phrase ?? plan.Phrase, reason), Cancel);

    /// <summary>Waits until the newest run is over, and returns it.</summary>
    public Task<Run> OverAsync() => OverAsync(async () => await Runs.NewestAsync(Instance.Id, 1, Cancel) is [var newest] ? newest : null);

    public Task<Run> OverAsync(Guid id) => OverAsync(() => Console.Store.ReadAsync(connection => RunTable.Find(connection, id), Cancel));

    /// <summary>Waits for a run, which requests a poll once its end is recorded.</summary>
    private async Task<Run> OverAsync(Func<Task<Run?>> find)
    {
        await _watching.WaitAsync(Cancel);
        try
        {
            while (true)
            {
                PollRequests.Of(Instance.Id).Take();
                if (await find() is { IsOver: true } run)
                {
                    return run;
                }

                await PollRequests.Of(Instance.Id).AskedAsync(Cancel).WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
            }
        }
        finally
        {
            _watching.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A run that hangs ends with its test.
        using var bound = new CancellationTokenSource(Eventually.Bound, TimeProvider.System);
        await Runner.StopAsync(bound.Token);
        Runner.Dispose();
        _searches.Dispose();
        Tokens.Dispose();
        _watching.Dispose();
        _history.Dispose();
        Sweep.Dispose();
        Console.Dispose();
        _folder?.Dispose();
    }
}
