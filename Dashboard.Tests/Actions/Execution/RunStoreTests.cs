using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions.Execution;

/// <summary>Two consoles share one file: an instance has one run at a time, and every run ends.</summary>
public class RunStoreTests : IDisposable
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _one;
    private readonly OpenTrail _two;
    private readonly RunStore _here;
    private readonly RunStore _there;

    public RunStoreTests()
        : this(StoreKind.File)
    {
    }

    private protected RunStoreTests(StoreKind kind)
    {
        (_one, _two) = (new(_folder.Path, _time, "here-1", kind: kind), new(_folder.Path, _time, "there-2", kind: kind));
        (_here, _there) = (new(_one.Store, new("here-1"), [], _time), new(_two.Store, new("there-2"), [], _time));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Run Run(string name, string instance = "cache") =>
        new(Guid.CreateVersion7(), "probe", InstanceId.Of(instance), "abc", 0, "", name, "", _time.GetUtcNow());

    private static Task<bool> StopAsync(OpenTrail console, Run run, string name) =>
        console.Store.WriteAsync(transaction => RunTable.Cancel(transaction, run.Id, name), Cancel);

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task OneRunPerInstance_AcrossAllConsoles()
    {
        var first = Run("guest");
        Assert.Null(await _here.ClaimAsync(first, Cancel));

        Assert.Equal(
            ("guest", "here-1"), (await _there.ClaimAsync(Run("keeper"), Cancel) is { } other) ? (other.Operator, other.Replica) : default);
        Assert.Null(await _there.ClaimAsync(Run("keeper", "session"), Cancel));
        Assert.True(await _here.EndAsync(first.Id, ProbeAction.Well, Cancel));
        Assert.False(await _here.EndAsync(first.Id, ProbeAction.Well, Cancel));
        Assert.Null(await _there.ClaimAsync(Run("keeper"), Cancel));
        Assert.Equal(
            [("keeper", false), ("guest", true)],
            (await _here.NewestAsync(Cache, 5, Cancel)).Select(run => (run.Operator, run.IsOver)).OrderBy(run => run.IsOver));
    }

    [Fact]
    public async Task RunOfADeadConsole_IsGivenUp_WithItsLastProgress_ByASweepOrTheNextRun()
    {
        var run = Run("guest");
        await _here.ClaimAsync(run, Cancel);
        await _here.ReportAsync(run.Id, 1_200, 5_000, "", Cancel);
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(0, await _there.SweepAsync(Cancel));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, await _there.SweepAsync(Cancel));

        var over = (await _there.NewestAsync(Cache, 1, Cancel))[0];
        Assert.Equal((AuditResult.Unknown, 1_200, 5_000), (over.Result, over.Done, over.Total));
        Assert.Equal(
            "The console that ran it (here-1) stopped before it reported the outcome. Up to the last batch it had reported about 1200 "
                + "keys; the batch after that is unknown. Check cache before you try again.", over.Sentence);
        Assert.Equal(
            "This console did not report its progress for too long, so another console gave up the run.",
            await _here.ReportAsync(run.Id, 1_300, 5_000, "", Cancel));
        Assert.False(await _here.EndAsync(run.Id, ProbeAction.Well, Cancel));
        await _here.ClaimAsync(Run("guest"), Cancel);
        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.Null(await _there.ClaimAsync(Run("keeper"), Cancel));
    }

    [Fact]
    public async Task Stop_IsReportedWithTheName_AndTakenOnce()
    {
        var run = Run("guest");
        await _here.ClaimAsync(run, Cancel);
        Assert.Null(await _here.ReportAsync(run.Id, 1, 10, "", Cancel));

        Assert.True(await StopAsync(_two, run, "keeper"));
        Assert.False(await StopAsync(_one, run, "owner"));

        Assert.Equal("keeper stopped it.", await _here.ReportAsync(run.Id, 2, 10, "", Cancel));
        Assert.Equal("keeper", (await _there.RunningAsync(Cache, Cancel))!.CancelledBy);
    }

    [Fact]
    public async Task Outcome_IsKept_WithItsCounts()
    {
        var run = Run("guest") with { Total = 9 };
        await _here.ClaimAsync(run, Cancel);
        await _here.EndAsync(
            run.Id, new(AuditResult.Cancelled, "keeper stopped it.") { Counts = new Dictionary<string, long> { ["seen"] = 7 } }, Cancel);

        var kept = (await _there.NewestAsync(Cache, 1, Cancel))[0];

        Assert.Equal(
            (AuditResult.Cancelled, "keeper stopped it.", 7, 9, Given.Start),
            (kept.Result, kept.Sentence, kept.Counts["seen"], kept.Total, kept.EndedAt));
    }

    [Fact]
    public async Task Progress_IsStoredTwiceASecond_NoticesAStop_AndIsStoredOnceMoreAtTheEnd()
    {
        var run = Run("guest");
        await _here.ClaimAsync(run, Cancel);
        var intent = await _one.IntendAsync();
        await using (var progress = new RunProgress(run, _here, _one.Trail, intent, TimeSpan.FromMinutes(1), _time, Cancel))
        {
            progress.Report(10, 100);
            await DoneIsAsync(10);
            Assert.Null(progress.Stop);
            await StopAsync(_two, run, "keeper");
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Eventually.Async(() => Task.FromResult(progress.Stop == "keeper stopped it."));
            progress.Report(90, 100);
        }

        Assert.Equal(90, (await _there.RunningAsync(Cache, Cancel))!.Done);
    }

    [Fact]
    public async Task ProgramEnds_ProgressSaysSo()
    {
        using var end = new CancellationTokenSource();
        var run = Run("guest");
        await _here.ClaimAsync(run, Cancel);
        await using var progress =
            new RunProgress(run, _here, _one.Trail, await _one.IntendAsync(), TimeSpan.FromMinutes(1), _time, end.Token);
        Assert.Null(progress.Stop);

        await end.CancelAsync();

        Assert.Equal("The console was stopped.", progress.Stop);
    }

    /// <summary>After the lease another console may have continued the run, and two consoles must never execute it at once.</summary>
    [Fact]
    public async Task StoreThatCannotBeWritten_StopsTheRun_BeforeItsLeaseEnds()
    {
        var run = Run("guest");
        await _here.ClaimAsync(run, Cancel);
        await using var progress =
            new RunProgress(run, _here, _one.Trail, await _one.IntendAsync(), TimeSpan.FromMinutes(1), _time, CancellationToken.None);
        TakeAway(_one);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(progress.Stop);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("The console could not record its progress, so it stopped.", progress.Stop);
    }

    [Fact]
    public async Task RunCache_GivesWhatWasReadLast_AndReadsAgainWhenThatIsOld()
    {
        using var runs = new RunCache(_there, [], _two.Changes, _time, NullLogger<RunCache>.Instance);
        Assert.Null(runs.Of(Cache).All);
        await Eventually.Async(() => Task.FromResult(runs.Of(Cache).All is []));
        await _here.ClaimAsync(Run("guest"), Cancel);
        Assert.Null(runs.Of(Cache).Running);

        _time.Advance(TimeSpan.FromSeconds(5));

        await Eventually.Async(() => Task.FromResult(runs.Of(Cache).Running?.Operator == "guest"));
    }

    [Fact]
    public async Task RunCache_ChangedWhileItIsRead_IsReadAgain_AndThenNotifies()
    {
        var slow = new SlowAftermath();
        using var runs = new RunCache(_there, [slow], _two.Changes, _time, NullLogger<RunCache>.Instance);
        var told = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        runs.Changed += () => told.Enqueue(runs.Of(Cache).Running?.Operator);
        runs.Of(Cache);
        await slow.Reached.Task.WaitAsync(Eventually.Cancel);

        await _there.ClaimAsync(Run("guest"), Cancel);
        await Eventually.Async(() => Task.FromResult(!told.IsEmpty));
        slow.Open.TrySetResult();

        await Eventually.Async(() => Task.FromResult(told.Contains("guest")));
    }

    [Fact]
    public async Task RunCache_ChangedByThisConsole_IsReadAtOnceWhileAPageFollows()
    {
        using var runs = new RunCache(_there, [], _two.Changes, _time, NullLogger<RunCache>.Instance);
        var changes = 0;
        runs.Changed += () => Interlocked.Increment(ref changes);
        await Eventually.Async(() => Task.FromResult(runs.Of(Cache).All is []));

        await _there.ClaimAsync(Run("guest"), Cancel);

        await Eventually.Async(() => Task.FromResult(Volatile.Read(ref changes) == 1));
        Assert.Equal("guest", runs.Of(Cache).Running?.Operator);
    }

    private protected virtual void TakeAway(OpenTrail console) => File.Move(console.Store.Location, console.Store.Location + ".away");

    private Task DoneIsAsync(long done) => Eventually.Async(
        async () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            return (await _there.RunningAsync(Cache, Cancel))!.Done == done;
        });

    /// <summary>Delays the first read of the cache, after the runs were read.</summary>
    private sealed class SlowAftermath : IActionAftermath
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance, CancellationToken cancel)
        {
            Reached.TrySetResult();
            await Open.Task;
            return [];
        }

        public IReadOnlyCollection<Guid> RunsInUse(System.Data.Common.DbConnection connection) => [];
    }
}
