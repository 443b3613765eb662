using Dashboard.Configuration;
using Dashboard.Monitoring;

namespace Dashboard.Components.Circuits;

/// <summary>
/// The heartbeat of one circuit: it gathers the polls of all instances into about one beat a poll interval, and what a page asks for
/// into at most about two beats a second; there is none while the browser is away.
/// </summary>
internal sealed class FleetTicker : IDisposable
{
    /// <summary>Polls of several instances come within moments of each other; one beat serves them all.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(120);

    /// <summary>Between two beats, where a page asks for one.</summary>
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
    private long? _due;

    public FleetTicker(Fleet fleet, CircuitPresence presence, MonitoringSettings settings, TimeProvider time)
    {
        (_presence, _time) = (presence, time);
        // With a long interval, each poll is shown at once.
        _pollSpacing = settings.PollInterval > TimeSpan.FromSeconds(1) ? Spacing : settings.PollInterval * PollSpacing;
        _timer = time.CreateTimer(_ => BeatNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watch = fleet.Watch(_ => AskWithin(_pollSpacing));
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
    public void Ask() => AskWithin(Spacing);

    /// <param name="spacing">The least time after the last beat. An earlier beat that is due already serves as well.</param>
    private void AskWithin(TimeSpan spacing)
    {
        if (!_presence.Connected)
        {
            return;
        }

        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var wait = _lastBeat is { } last ? spacing - _time.GetElapsedTime(last, now) : Gather;
            wait = wait > Gather ? wait : Gather;
            var due = now + (long)(wait.TotalSeconds * _time.TimestampFrequency);
            if (_due <= due)
            {
                return;
            }

            _due = due;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void BeatNow()
    {
        lock (_gate)
        {
            (_due, _lastBeat) = (null, _time.GetTimestamp());
        }

        Beat?.Invoke();
    }
}
