using System.Collections.Immutable;
using Dashboard.Configuration;
using Dashboard.Info;
using Dashboard.Instances;

namespace Dashboard.Monitoring;

/// <summary>The latest state of every instance, and the watchers to notify. The only mutable holder of states.</summary>
internal sealed partial class Fleet(MonitoringSettings settings, ILogger<Fleet> logger)
{
    private readonly Lock _gate = new();
    private ImmutableArray<InstanceState> _states =
        [.. settings.Instances.Select(instance => new InstanceState(instance, settings.PollInterval))];
    private ImmutableList<Action<InstanceState>> _watchers = [];

    /// <summary>All states at one moment, in the settings' order.</summary>
    public ImmutableArray<InstanceState> States
    {
        get
        {
            lock (_gate)
            {
                return _states;
            }
        }
    }

    /// <returns>The state, or null when no instance has this id.</returns>
    public InstanceState? Find(InstanceId id) => States.FirstOrDefault(state => state.Instance.Id == id);

    /// <summary>Records one poll and notifies the watchers. Each instance has one writer, its poller.</summary>
    public void Record(InstanceId id, PollResult result)
    {
        InstanceState next;
        lock (_gate)
        {
            var index = IndexOf(id);
            next = _states[index].After(result);
            _states = _states.SetItem(index, next);
        }

        foreach (var watcher in _watchers)
        {
            Notify(watcher, next);
        }
    }

    /// <summary>
    /// Calls <paramref name="watcher"/> after every poll of every instance, on the poller's thread: it must return at once. Dispose to
    /// stop.
    /// </summary>
    public IDisposable Watch(Action<InstanceState> watcher)
    {
        ImmutableInterlocked.Update(ref _watchers, list => list.Add(watcher));
        return new Subscription(() => ImmutableInterlocked.Update(ref _watchers, list => list.Remove(watcher)));
    }

    private int IndexOf(InstanceId id)
    {
        for (var i = 0; i < _states.Length; i++)
        {
            if (_states[i].Instance.Id == id)
            {
                return i;
            }
        }

        throw new ArgumentException($"No instance is called '{id}'.", nameof(id));
    }

    /// <summary>A watcher that fails must neither keep the others from being notified nor stop the poller.</summary>
    private void Notify(Action<InstanceState> watcher, InstanceState state)
    {
        try
        {
            watcher(state);
        }
        catch (Exception error)
        {
            LogWatcherFailed(error, state.Instance.Id);
        }
    }

    [LoggerMessage(100, LogLevel.Error, "A watcher of the fleet failed on {Instance}; polling continues")]
    private partial void LogWatcherFailed(Exception error, InstanceId instance);

    /// <summary>Runs its action once, when disposed.</summary>
    private sealed class Subscription(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
