using Dashboard.Audit;
using Dashboard.Hosting.Edge;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Access.Sessions;

public sealed class SessionMonitorTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<SessionMonitor> _log = new();
    private readonly OpenTrail _console;
    private readonly SessionMonitor _monitor;

    public SessionMonitorTests()
    {
        _console = new(_folder.Path, _time);
        _monitor = new(new SessionStore(_console.Store, _time), new LiveConnections(new(200, 20)), _console.Changes, _time, _log);
    }

    public void Dispose()
    {
        _monitor.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    /// <summary>A page outlives its rights for that long at most, whatever changed them.</summary>
    [Fact]
    public async Task Started_ReportsASessionWithinFiveSeconds()
    {
        var told = 0;
        using var page = _monitor.Follow("a", _ => Interlocked.Increment(ref told));
        await _monitor.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.Async(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(Volatile.Read(ref told) > 0);
        });

        var before = Volatile.Read(ref told);
        _time.Advance(TimeSpan.FromSeconds(5));

        await Eventually.Async(() => Task.FromResult(Volatile.Read(ref told) > before));
        await _monitor.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An exception from a page would otherwise end the loop, and with it the console.</summary>
    [Fact]
    public async Task PageThatFails_KeepsNoOtherFromBeingNotified()
    {
        var told = 0;
        using var bad = _monitor.Follow("a", _ => throw new InvalidOperationException("a page's own fault"));
        using var good = _monitor.Follow("a", _ => told++);
        using var other = _monitor.Follow("b", _ => told++);

        await _monitor.CheckAsync(TestContext.Current.CancellationToken);
        await _monitor.CheckAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, told);
        Assert.Equal(
            2,
            _log.Lines.Count(
                line =>
                    line.StartsWith(
                        "Error: A page failed to handle the state of its session; the other pages are notified",
                        StringComparison.Ordinal)));
    }
}
