using Dashboard.Configuration;
using Dashboard.Monitoring;

namespace Dashboard.Components.Circuits;

/// <summary>
/// The heartbeat of one circuit: it gathers the polls of all instances into about one beat a poll interval. What a page asks for is drawn
/// at once, and what it asks for again and again in about two further beats a second. There is none while the browser is away.
/// </summary>
internal sealed class FleetTicker : IDisposable
{
    /// <summary>Polls of several instances come within moments of each other; one beat serves them all.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(120);

    /// <summary>What a page asks for comes from one change in the store, in several steps.</summary>
    private static readonly TimeSpan AskedGather = TimeSpan.FromMilliseconds(20);

    /// <summary>Between two beats that a page asked for.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(450);

    /// <summary>
    /// Between two beats, where only polls ask, as a share of the interval: each instance is polled at another time within it.
    /// </summary>
    private const double PollSpacing = 0.9;

    private readonly CircuitPresence _presence;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pollSpacing;
    private readonly ITimer _timer;
    private readonly IDisposable _watch;
    private readonly Lock _gate = new();
    private long? _lastBeat;
    private long? _lastAsked;
    private bool _isAsked;
    private long? _due;

    public FleetTicker(Fleet fleet, CircuitPresence presence, MonitoringSettings settings, TimeProvider time)
    {
        (_presence, _time) = (presence, time);
        // With a long interval, each poll is shown at once.
        _pollSpacing = settings.PollInterval > TimeSpan.FromSeconds(1) ? Spacing : settings.PollInterval * PollSpacing;
        _timer = time.CreateTimer(_ => BeatNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = fleet.Watch(_ => OnPoll());
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
        if (_presence.Connected)
        {
            lock (_gate)
            {
                _isAsked = true;
                BeatAfter(_lastAsked, Spacing, AskedGather);
            }
        }
    }

    private void OnPoll()
    {
        if (_presence.Connected)
        {
            lock (_gate)
            {
                BeatAfter(_lastBeat, _pollSpacing, Gather);
            }
        }
    }

    /// <param name="last">When the last beat of the kind was.</param>
    /// <param name="spacing">The least time after it. An earlier beat that is due already serves as well.</param>
    /// <param name="gather">The least time from now.</param>
    private void BeatAfter(long? last, TimeSpan spacing, TimeSpan gather)
    {
        var now = _time.GetTimestamp();
        var wait = last is { } at ? spacing - _time.GetElapsedTime(at, now) : gather;
        wait = wait > gather ? wait : gather;
        var due = now + (long)(wait.TotalSeconds * _time.TimestampFrequency);
        if (_due <= due)
        {
            return;
        }

        _due = due;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void BeatNow()
    {
        lock (_gate)
        {
            (_due, _lastBeat) = (null, _time.GetTimestamp());
            (_lastAsked, _isAsked) = (_isAsked ? _lastBeat : _lastAsked, false);
        }

        Beat?.Invoke();
    }
}
