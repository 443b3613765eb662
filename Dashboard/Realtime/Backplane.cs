using Dashboard.Instances;
using Dashboard.Storage;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Realtime;

/// <summary>The cable instance as SignalR's backplane, and what is known of it.</summary>
/// <param name="instance">The instance that carries it; null where none does.</param>
internal sealed class Backplane(Instance? instance, StoreIdentity identity, TimeProvider time) : IAsyncDisposable
{
    /// <summary>
    /// The version of <see cref="ReplicaHint"/> and <see cref="IReplica"/>: consoles of different versions do not hear each other's hints,
    /// and read the store every few seconds as they always do.
    /// </summary>
    public const int Version = 1;

    /// <summary>How long a console that is not heard any more is listed: four tests.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(60);

    /// <summary>The maximum number of other consoles that are remembered.</summary>
    public const int MaxOthers = 32;

    private readonly BackplaneConnector? _connector = instance is null ? null : new(instance, time);
    private readonly Lock _gate = new();
    private volatile Fault? _fault;
    private readonly Dictionary<string, DateTimeOffset> _others = new(StringComparer.Ordinal);
    private BackplaneState _state = new(instance is null ? BackplaneLevel.Off : BackplaneLevel.Connecting, time.GetUtcNow());

    /// <summary>Raised after the level, the fault or the other consoles of <see cref="State"/> changed, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Raised where the way has to be tested at once: a connection was lost or came back, or another console appeared.</summary>
    public event Action? Disturbed;

    public Instance? Instance => instance;

    public bool IsOn => instance is not null;

    public BackplaneState State
    {
        get
        {
            var now = time.GetUtcNow();
            lock (_gate)
            {
                return _state with
                {
                    Others =
                    [
                        .. _others.Where(other => now - other.Value < MaxSilence).OrderByDescending(other => other.Value)
                            .Select(other => (other.Key, other.Value)),
                    ],
                };
            }
        }
    }

    /// <summary>Opens the connections of a session.</summary>
    /// <exception cref="StoreException">The store, which has the id for the channels, cannot be used.</exception>
    public async Task<Reply<BackplaneConnection>> OpenAsync()
    {
        var prefix = $"{IServerBackplane.Prefix}{await identity.ReadAsync()}:v{Version}:";
        var opened = await _connector!.OpenAsync(prefix, $"{typeof(ConsoleHub).FullName}:all");
        _fault = opened.Fault;
        if (opened.Value is { Library: var library })
        {
            library.ConnectionFailed += (_, _) => Disturbed?.Invoke();
            library.ConnectionRestored += (_, _) => Disturbed?.Invoke();
        }

        return opened;
    }

    /// <summary>The server refused what was sent.</summary>
    public void NoteFault(Fault fault) => _fault = fault;

    /// <summary>A test came back.</summary>
    public void Report(TimeSpan roundTrip)
    {
        _fault = null;
        Set(state =>
            (state.Level == BackplaneLevel.Connected ? state : new BackplaneState(BackplaneLevel.Connected, time.GetUtcNow())) with
            {
                RoundTrip = roundTrip,
            });
    }

    /// <summary>A test did not come back.</summary>
    public void ReportFailure() => Set(state =>
        (state.Level == BackplaneLevel.Failed ? state : new BackplaneState(BackplaneLevel.Failed, time.GetUtcNow())) with
        {
            Fault = _connector?.LastFault ?? _fault,
        });

    /// <summary>Another console was heard.</summary>
    public void ReportOther(string replica)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = !_others.ContainsKey(replica);
            if (isNew && _others.Count >= MaxOthers)
            {
                _others.Remove(_others.MinBy(other => other.Value).Key);
            }

            _others[replica] = time.GetUtcNow();
        }

        if (isNew)
        {
            RaiseChanged();
            Disturbed?.Invoke();
        }
    }

    public ValueTask DisposeAsync() => _connector?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Set(Func<BackplaneState, BackplaneState> change)
    {
        bool isNews;
        lock (_gate)
        {
            var before = _state;
            _state = change(_state);
            isNews = (before.Level, before.Fault) != (_state.Level, _state.Fault);
        }

        if (isNews)
        {
            RaiseChanged();
        }
    }

    /// <summary>On a thread of its own: pages draw there, and the test of the way does not wait for them.</summary>
    private void RaiseChanged() => Task.Run(() => Changed?.Invoke());
}
