using Dapper;
using Dashboard.Access;
using Dashboard.Access.Roles;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.Actions.Execution;

/// <summary>
/// Every write goes through the runner: authorized, recorded before and after, one at a time, and never without a record.
/// </summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class ActionRunnerTests : IAsyncLifetime
{
    private TestServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<OpenRunner> OpenAsync(
        Func<IRunProgress, Task<ActionOutcome>>? execute = null, bool destroys = false, Purpose? purpose = null,
        ConfirmationPolicy confirmation = ConfirmationPolicy.Typed)
    {
        var runner = new OpenRunner(
            _server, _server.Instance(purpose ?? Purpose.Cache) with { Confirmation = confirmation }, new RunnerOptions(),
            new ProbeAction(execute ?? (_ => Task.FromResult(ProbeAction.Well)), destroys));
        await runner.PollAsync();
        return runner;
    }

    /// <summary>Makes the store wait for no other program; how long it waits is checked by the store's own tests.</summary>
    private static Task<int> WaitForNoOtherProgramAsync(OpenRunner runner) => runner.Console.Store.WriteAsync(
        transaction =>
        {
            // 0 would mean no limit.
            var connection = Assert.IsType<SqliteConnection>(transaction.Connection);
            connection.DefaultTimeout = -1;
            return connection.Execute("PRAGMA busy_timeout = 0");
        }, Cancel);

    private static async Task<List<string>> RowsAsync(OpenRunner runner) =>
        [.. (await runner.Console.RowsAsync()).Select(row => $"{row.Kind} {row.Action} {row.Actor} {row.Result}")];

    [Fact]
    public async Task Confirmed_IsRecordedBeforeAndAfter()
    {
        List<string> during = [];
        OpenRunner runner = null!;
        runner = await OpenAsync(async _ =>
        {
            during = await RowsAsync(runner);
            return ProbeAction.Well;
        });
        await using var closed = runner;
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);

        var result = await runner.BeginAsync(session, await runner.PlanAsync(session));
        var run = await runner.OverAsync();

        Assert.IsType<RunResult.Begun>(result);
        Assert.Equal(["intent probe guest started"], during);
        Assert.Equal(["intent probe guest started", "outcome probe guest done"], await RowsAsync(runner));
        var row = (await runner.Console.RowsAsync())[1];
        Assert.Equal(
            ("test", "10.0.0.9", "deploy", "It is done.", "{\"keys\":3}", 0L),
            (row.Instance, row.Address, row.Reason, row.Detail, row.Counts, row.Database));
        Assert.Equal((AuditResult.Done, "It is done.", 3, "guest"), (run.Result, run.Sentence, run.Counts["keys"], run.Operator));
    }

    [Fact]
    public async Task Viewer_IsRefused_AndTheRefusalIsRecorded()
    {
        await using var runner = await OpenAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Viewer);

        var refusal = await runner.RefusedAsync(session);

        Assert.Equal("You may not reclaim expired keys on test. This needs the role operator; an owner can grant it.", refusal.Sentence);
        Assert.Equal(["event probe guest refused"], await RowsAsync(runner));
    }

    [Fact]
    public async Task PressedTwice_IsDoneOnce_AndThePreviewOfAnotherPersonIsRefused()
    {
        var done = 0;
        await using var runner = await OpenAsync(_ =>
        {
            Interlocked.Increment(ref done);
            return Task.FromResult(ProbeAction.Well);
        });
        var (guest, keeper) = (
            await runner.SignInAsync("guest", OperatorRole.Operator), await runner.SignInAsync("keeper", OperatorRole.Operator));
        var plan = await runner.PlanAsync(guest);

        Assert.IsType<RunResult.Refused>(await runner.BeginAsync(keeper, plan));
        var results = await Task.WhenAll(runner.BeginAsync(guest, plan), runner.BeginAsync(guest, plan));
        await runner.OverAsync();

        Assert.Equal(1, done);
        Assert.Single(results.OfType<RunResult.Begun>());
        var rows = await RowsAsync(runner);
        Assert.Contains("event action.begin keeper refused", rows);
        Assert.Contains("event action.begin guest refused", rows);
    }

    [Fact]
    public async Task NotSignedIn_IsRefused()
    {
        await using var runner = await OpenAsync();

        var refused = Assert.IsType<RunResult.Refused>(await runner.Executor.ExecuteAsync(null, new(Guid.NewGuid(), "", ""), Cancel));

        Assert.Equal(Refusal.SignedOut, refused.Why);
    }

    [Fact]
    public async Task PurposeThatForbidsIt_AskedForWithoutThePage_IsRefused_AndRecorded()
    {
        await using var runner = await OpenAsync(purpose: Purpose.Cable);
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);

        var refusal = await runner.RefusedAsync(session);

        Assert.Equal("cable holds no keys. There is nothing to do.", refusal.Sentence);
        Assert.Equal(["event probe guest refused"], await RowsAsync(runner));
    }

    [Fact]
    public async Task WrongPhrase_IsRefusedAndRecorded_AndCanBeCorrected()
    {
        await using var runner = await OpenAsync(destroys: true);
        var session = await runner.SignInAsync("guest", OperatorRole.FlushAdmin);
        var plan = await runner.PlanAsync(session);

        var refused = Assert.IsType<RunResult.Refused>(await runner.BeginAsync(session, plan, phrase: "test"));

        Assert.Contains($"is not “test {_server.Endpoint}”", refused.Why.Sentence, StringComparison.Ordinal);
        Assert.Equal(["event probe guest refused"], await RowsAsync(runner));
        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan));
        Assert.Equal(AuditResult.Done, (await runner.OverAsync()).Result);
    }

    /// <summary>A confirmation that no page would send.</summary>
    [Theory]
    [InlineData(ConfirmationPolicy.Typed, false)]
    [InlineData(ConfirmationPolicy.Click, true)]
    public async Task NothingTyped_BeginsOnlyWhereTheInstanceSaysClick(ConfirmationPolicy confirmation, bool begins)
    {
        await using var runner = await OpenAsync(destroys: true, confirmation: confirmation);
        var session = await runner.SignInAsync("guest", OperatorRole.FlushAdmin);

        var result = await runner.BeginAsync(session, await runner.PlanAsync(session), phrase: "", reason: "");

        Assert.Equal(begins ? typeof(RunResult.Begun) : typeof(RunResult.Refused), result.GetType());
        if (begins)
        {
            Assert.Equal(AuditResult.Done, (await runner.OverAsync()).Result);
        }

        Assert.Equal(
            begins ? ["intent probe guest started", "outcome probe guest done"] : ["event probe guest refused"], await RowsAsync(runner));
        var first = (await runner.Console.RowsAsync())[0];
        Assert.Null(first.Reason);
        Assert.Equal(begins, first.Detail == "confirmed by a click");
    }

    /// <summary>
    /// Plans belong to one process: a plan that was shown while a phrase was required is not begun by a click after the setting changed.
    /// </summary>
    [Fact]
    public async Task PreviewFromBeforeARestart_IsRefused_WhateverTheSettingsSayNow()
    {
        using var folder = new TestFolder();
        var (typed, probe) = (_server.Instance(Purpose.Cache), new ProbeAction(_ => Task.FromResult(ProbeAction.Well), destroys: true));
        await using var before = new OpenRunner(_server, typed, new RunnerOptions { Folder = folder.Path }, probe);
        await before.PollAsync();
        var session = await before.SignInAsync("guest", OperatorRole.FlushAdmin);
        var plan = await before.PlanAsync(session);
        await using var after =
            new OpenRunner(
                _server, typed with { Confirmation = ConfirmationPolicy.Click },
                new RunnerOptions { Folder = folder.Path, Replica = "here-2" }, probe);
        await after.PollAsync();

        var refused = Assert.IsType<RunResult.Refused>(await after.BeginAsync(session, plan, phrase: "", reason: ""));

        Assert.StartsWith("That preview is no longer available", refused.Why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerRestarted_SinceThePreview_IsRefused()
    {
        await using var runner = await OpenAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);
        var plan = await runner.PlanAsync(session);
        await _server.RestartAsync();
        await runner.PollAsync();

        var refused = Assert.IsType<RunResult.Refused>(await runner.BeginAsync(session, plan));

        Assert.Contains("was restarted, or another server answers there", refused.Why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunInProgress_RefusesASecondWithTheName_AndStopsWhenAsked()
    {
        await using var runner = await OpenAsync(async progress =>
        {
            await Eventually.Async(() => Task.FromResult(progress.Stop is not null));
            return new(AuditResult.Cancelled, progress.Stop!);
        });
        var (guest, keeper) = (
            await runner.SignInAsync("guest", OperatorRole.Operator), await runner.SignInAsync("keeper", OperatorRole.Operator));
        await runner.BeginAsync(guest, await runner.PlanAsync(guest));
        var running = (await runner.Runs.RunningAsync(runner.Instance.Id, Cancel))!;

        var refused = Assert.IsType<RunResult.Refused>(await runner.BeginAsync(keeper, await runner.PlanAsync(keeper)));
        Assert.Null(await runner.Executor.CancelAsync(keeper, running, Cancel));

        Assert.StartsWith("guest started probe on test at ", refused.Why.Sentence, StringComparison.Ordinal);
        Assert.Equal(
            (AuditResult.Cancelled, "keeper stopped it."), ((await runner.OverAsync()) is var run) ? (run.Result, run.Sentence) : default);
        Assert.Equal("The run is over or was already stopped.", (await runner.Executor.CancelAsync(guest, running, Cancel))?.Sentence);
        Assert.Equal(
            ["intent probe guest started", "event probe keeper refused", "event probe.stop keeper done", "outcome probe guest cancelled"],
            await RowsAsync(runner));
    }

    [Fact]
    public async Task ActionThatThrows_IsUnknown_AndIsNotRunAgain()
    {
        var begun = 0;
        await using var runner = await OpenAsync(_ =>
        {
            Interlocked.Increment(ref begun);
            throw new InvalidOperationException("a bug");
        });
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);

        await runner.BeginAsync(session, await runner.PlanAsync(session));
        var run = await runner.OverAsync();

        Assert.Equal((AuditResult.Unknown, 1), (run.Result, begun));
        Assert.Equal("Unexpected error. Check the server before you try again; the log has the details.", run.Sentence);
        Assert.Equal("outcome probe guest unknown", (await RowsAsync(runner))[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunOver_HoweverItEnded_PollsTheServerAtOnce(bool well)
    {
        var before = true;
        OpenRunner runner = null!;
        runner = await OpenAsync(_ =>
        {
            before = runner.PollRequests.Of(runner.Instance.Id).IsAsked;
            return well ? Task.FromResult(ProbeAction.Well) : throw new InvalidOperationException("a bug");
        });
        await using var closed = runner;
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);

        await runner.BeginAsync(session, await runner.PlanAsync(session));
        await runner.PollRequests.Of(runner.Instance.Id).AskedAsync(Cancel).WaitAsync(Eventually.Bound, Cancel);

        Assert.False(before, "asked for before it was over");
        Assert.True((await runner.Runs.NewestAsync(runner.Instance.Id, 1, Cancel))[0].IsOver);
    }

    [Fact]
    public async Task AuditLogCannotBeWritten_NothingIsDone_AndManualStepsAreGiven()
    {
        var begun = 0;
        await using var runner = await OpenAsync(_ =>
        {
            Interlocked.Increment(ref begun);
            return Task.FromResult(ProbeAction.Well);
        });
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);
        var plan = await runner.PlanAsync(session);
        await WaitForNoOtherProgramAsync(runner);
        RunResult result;
        await using (var holder = new SqliteConnection($"Data Source={runner.Console.Files.Database};Pooling=False"))
        {
            await holder.OpenAsync(Cancel);
            await using var transaction = holder.BeginTransaction(deferred: false);
            result = await runner.BeginAsync(session, plan);
        }

        var refused = Assert.IsType<RunResult.Refused>(result);
        Assert.Equal(0, begun);
        Assert.Equal(RefusalKind.AuditUnavailable, refused.Why.Kind);
        Assert.Contains(refused.Steps!.Steps, step => step.Contains($"-p {_server.Port}", StringComparison.Ordinal));
        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan));
        Assert.Equal(AuditResult.Done, (await runner.OverAsync()).Result);
    }

    [Fact]
    public async Task ProgramEnds_TheRunStops_AndItsOutcomeIsRecorded()
    {
        await using var runner = await OpenAsync(async progress =>
        {
            await Eventually.Async(() => Task.FromResult(progress.Stop is not null));
            return new(AuditResult.Cancelled, progress.Stop!);
        });
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);
        await runner.BeginAsync(session, await runner.PlanAsync(session));

        await runner.Runner.StopAsync(Cancel);

        Assert.Equal(
            (AuditResult.Cancelled, "The console was stopped."),
            ((await runner.OverAsync()) is var run) ? (run.Result, run.Sentence) : default);
        Assert.Equal("outcome probe guest cancelled", (await RowsAsync(runner))[^1]);
    }

    /// <summary>Before the web server waits for open connections, which may take all the time there is.</summary>
    [Fact]
    public async Task SignalToEnd_StopsTheRunAtOnce_AndNoOtherBegins()
    {
        await using var runner = await OpenAsync(async progress =>
        {
            await Eventually.Async(() => Task.FromResult(progress.Stop is not null));
            return new(AuditResult.Cancelled, progress.Stop!);
        });
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);
        await runner.BeginAsync(session, await runner.PlanAsync(session));

        await runner.Runner.StoppingAsync(Cancel);

        Assert.Equal(AuditResult.Cancelled, (await runner.OverAsync()).Result);
        var refused = Assert.IsType<RunResult.Refused>(await runner.BeginAsync(session, await runner.PlanAsync(session)));
        Assert.Contains("This console is stopping", refused.Why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerUnreachable_WhenTheRunBegins_SaysThatNothingWasDone()
    {
        await using var runner = await OpenAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);
        var plan = await runner.PlanAsync(session);
        await _server.KillAsync();

        await runner.BeginAsync(session, plan);
        var run = await runner.OverAsync();

        Assert.Equal(AuditResult.Failed, run.Result);
        Assert.StartsWith("test did not accept the console's connection.", run.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was done.", run.Sentence, StringComparison.Ordinal);
    }
}
