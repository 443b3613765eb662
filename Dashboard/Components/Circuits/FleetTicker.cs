using Dashboard.Monitoring;

namespace Dashboard.Components.Circuits;

/// <summary>
/// The heartbeat of one circuit: it gathers the polls of all instances and the requests of a page into at most about two beats a second,
/// and none while the browser is away.
/// </summary>
internal sealed class FleetTicker : IDisposable
{
    /// <summary>Polls of several instances come within moments of each other; one beat serves them all.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(120);

    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(450);

    private readonly CircuitPresence _presence;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly IDisposable _watch;
    private long _lastBeat;
    private int _pending;

    public FleetTicker(Fleet fleet, CircuitPresence presence, TimeProvider time)
    {
        (_presence, _time) = (presence, time);
        _timer = time.CreateTimer(_ => BeatNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = fleet.Watch(_ => Ask());
        _presence.Changed += Ask;
    }

    /// <summary>Raised on a pool thread when the page should read the fleet again.</summary>
    public event Action? Beat;

    public void Dispose()
    {
        _presence.Changed -= Ask;
        _watch.Dispose();
        _timer.Dispose();
    }

    /// <summary>Asks for a beat soon.</summary>
    public void Ask()
    {
        if (!_presence.Connected || Interlocked.Exchange(ref _pending, 1) == 1)
        {
            return;
        }

        var sinceLast = _lastBeat == 0 ? Spacing : _time.GetElapsedTime(_lastBeat);
        var wait = Spacing - sinceLast;
        _timer.Change(wait > Gather ? wait : Gather, Timeout.InfiniteTimeSpan);
    }

    private void BeatNow()
    {
        Volatile.Write(ref _pending, 0);
        _lastBeat = _time.GetTimestamp();
        Beat?.Invoke();
    }
}
