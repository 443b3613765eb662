using System.Collections.Concurrent;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>
/// The latest runs of each instance as this console read them last, for however many pages look: read when something changed here, and for
/// other replicas each second while something runs or is left open, else every five.
/// </summary>
internal sealed partial class RunCache : IDisposable
{
    /// <summary>The one that runs, and so many before it.</summary>
    private const int Most = 6;

    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(950);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<InstanceId, Place> _places = new();
    private readonly RunStore _runs;
    private readonly IReadOnlyList<IActionAftermath> _aftermaths;
    private readonly TimeProvider _time;
    private readonly ILogger<RunCache> _log;
    private readonly IDisposable _changes;

    public RunCache(
        RunStore runs, IEnumerable<IActionAftermath> aftermaths, ChangeFeed changes, TimeProvider time, ILogger<RunCache> log)
    {
        (_runs, _aftermaths, _time, _log) = (runs, [.. aftermaths], time, log);
        _changes = changes.Subscribe(nameof(RunCache), HearAsync, ChangeKind.Run, ChangeKind.Aftermath);
    }

    /// <summary>Something changed here, and was read again. Raised on a pool thread.</summary>
    public event Action? Changed;

    /// <summary>At once: what was read last. Where that is old, it is read again meanwhile.</summary>
    public LatestRuns Of(InstanceId instance)
    {
        var place = PlaceOf(instance);
        if (place.At is not { } at || _time.GetElapsedTime(at) >= (place.Latest is { Running: null, Aftermath: [] } ? Quiet : Busy))
        {
            // It ends by itself, and writes down what goes wrong.
            _ = ReadAsync(instance, place, again: false);
        }

        return place.Latest;
    }

    /// <summary>Reads it now: something was begun or stopped here.</summary>
    public Task ReadAsync(InstanceId instance) => ReadAsync(instance, PlaceOf(instance), again: true);

    public void Dispose() => _changes.Dispose();

    private Place PlaceOf(InstanceId instance) => _places.GetOrAdd(instance, _ => new());

    /// <summary>Reads what somebody looks at; the rest is read when somebody does.</summary>
    private async Task HearAsync(IReadOnlyCollection<Change> changes)
    {
        var changed = _places.Where(place => changes.Any(change => change.Instance is null || change.Instance == place.Key)).ToList();
        foreach (var (instance, place) in changed)
        {
            place.Outdate();
            await (Changed is null ? Task.CompletedTask : ReadAsync(instance, place, again: true));
        }

        Changed?.Invoke();
    }

    /// <param name="again">Whether a read under way, which may have come too early, is followed by another.</param>
    private async Task ReadAsync(InstanceId instance, Place place, bool again)
    {
        if (!place.TryBegin(again))
        {
            return;
        }

        await ReadOnceAsync(instance, place);
        while (!place.TryEnd())
        {
            // Whoever was told of the change saw what the read before it brought.
            await ReadOnceAsync(instance, place);
            Changed?.Invoke();
        }
    }

    private async Task ReadOnceAsync(InstanceId instance, Place place)
    {
        try
        {
            place.Latest = new(await _runs.NewestAsync(instance, Most, CancellationToken.None), null)
            {
                Aftermath = await OpenAsync(instance),
            };
        }
        catch (StoreException unusable)
        {
            place.Latest = place.Latest with { Trouble = unusable.Message };
        }
        catch (Exception error)
        {
            LogUnexpected(error, instance);
        }
        finally
        {
            place.At = _time.GetTimestamp();
        }
    }

    private async Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance)
    {
        List<AftermathItem> open = [];
        foreach (var aftermath in _aftermaths)
        {
            open.AddRange(await aftermath.OpenAsync(instance, CancellationToken.None));
        }

        return open;
    }

    [LoggerMessage(603, LogLevel.Error, "Reading the runs of {Instance} failed in a way it should not; it is tried again in 5 s")]
    private partial void LogUnexpected(Exception error, InstanceId instance);

    /// <summary>What was read of one instance, and when.</summary>
    private sealed class Place
    {
        private readonly Lock _gate = new();
        private bool _isReading;
        private bool _again;

        public volatile LatestRuns Latest = LatestRuns.Unread;

        public long? At { get; set; }

        /// <summary>It is read at the next occasion. A read under way, which may have come too early, is followed by another.</summary>
        public void Outdate()
        {
            lock (_gate)
            {
                At = null;
                _again = _isReading;
            }
        }

        /// <returns>False when it is being read.</returns>
        public bool TryBegin(bool again)
        {
            lock (_gate)
            {
                _again = _isReading && (_again || again);
                return !_isReading && (_isReading = true);
            }
        }

        /// <returns>False when it has to be read once more.</returns>
        public bool TryEnd()
        {
            lock (_gate)
            {
                _isReading = _again;
                _again = false;
                return !_isReading;
            }
        }
    }
}
