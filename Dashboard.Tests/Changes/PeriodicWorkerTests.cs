using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Changes;

public sealed class PeriodicWorkerTests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly Worker _worker;

    public PeriodicWorkerTests() => _worker = new(Period, _time, atStart: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task Started_WorksOnceAPeriod()
    {
        await _worker.StartAsync(Cancel);

        await RoundsAsync(1);
        await RoundsAsync(2);
    }

    [Fact]
    public async Task AtStart_TheFirstRoundRunsAtOnce()
    {
        using var worker = new Worker(Period, _time, atStart: true);

        await worker.StartAsync(Cancel);

        await Eventually.Async(() => Task.FromResult(worker.Rounds == 1));
    }

    [Fact]
    public async Task RoundsThatFail_AreLoggedOnceUntilOneSucceeds_AndTheLoopContinues()
    {
        await _worker.StartAsync(Cancel);
        _worker.Fails = true;
        await RoundsAsync(1);
        await RoundsAsync(2);
        _worker.Fails = false;
        await RoundsAsync(3);
        _worker.Fails = true;
        await RoundsAsync(4);

        await Eventually.Async(() => Task.FromResult(_worker.Logged == 2));
        Assert.False(_worker.ExecuteTask!.IsCompleted);
    }

    [Fact]
    public async Task Stopped_EndsAtOnce_AndLogsNothing()
    {
        _worker.Hangs = true;
        await _worker.StartAsync(Cancel);
        await RoundsAsync(1);

        await _worker.StopAsync(Cancel).WaitAsync(Eventually.Cancel);

        Assert.True(_worker.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(0, _worker.Logged);
    }

    [Fact]
    public async Task RoundThatIsDone_EndsTheLoop()
    {
        _worker.Ends = true;
        await _worker.StartAsync(Cancel);

        await RoundsAsync(1);

        await _worker.ExecuteTask!.WaitAsync(Eventually.Cancel);
    }

    /// <summary>The loop creates its timer on another thread, so the clock may have to move twice for the first round.</summary>
    private Task RoundsAsync(int rounds) => Eventually.Async(() =>
    {
        if (_worker.Rounds < rounds)
        {
            _time.Advance(Period);
        }

        return Task.FromResult(_worker.Rounds >= rounds);
    });

    private sealed class Worker(TimeSpan period, TimeProvider time, bool atStart) : PeriodicWorker(period, time, atStart)
    {
        private int _rounds;
        private int _logged;

        public volatile bool Fails;
        public volatile bool Hangs;
        public volatile bool Ends;

        public int Rounds => Volatile.Read(ref _rounds);

        public int Logged => Volatile.Read(ref _logged);

        protected override async Task RunOnceAsync(CancellationToken cancel)
        {
            var fails = Fails;
            IsDone = Ends;
            Interlocked.Increment(ref _rounds);
            await (Hangs ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel) : Task.CompletedTask);
            if (fails)
            {
                throw new InvalidOperationException("a round's own fault");
            }
        }

        protected override void LogUnexpected(Exception error) => Interlocked.Increment(ref _logged);
    }
}
