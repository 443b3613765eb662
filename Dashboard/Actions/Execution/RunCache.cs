using System.Collections.Concurrent;
using Dashboard.Changes;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>
/// The latest runs of each instance as this console last read them, shared by all pages. They are read again when something changed here,
/// and for changes by other replicas every second while a run is in progress or something is left open, else every five seconds.
/// </summary>
internal sealed partial class RunCache : IDisposable
{
    /// <summary>The run in progress and those before it.</summary>
    private const int MaxRuns = 6;

    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(950);
    private static readonly TimeSpan QuietInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<InstanceId, Entry> _entries = new();
    private readonly RunStore _runs;
    private readonly IReadOnlyList<IActionAftermath> _aftermaths;
    private readonly TimeProvider _time;
    private readonly ILogger<RunCache> _log;
    private readonly IDisposable _changes;

    public RunCache(
        RunStore runs, IEnumerable<IActionAftermath> aftermaths, ChangeFeed changes, TimeProvider time, ILogger<RunCache> log)
    {
        (_runs, _aftermaths, _time, _log) = (runs, [.. aftermaths], time, log);
        _changes = changes.Subscribe(nameof(RunCache), OnChangesAsync, ChangeKind.Run, ChangeKind.Aftermath);
    }

    /// <summary>Raised on a pool thread after something changed here and was read again.</summary>
    public event Action? Changed;

    /// <summary>Returns what was read last, without waiting. If that is old, it is read again in the background.</summary>
    public LatestRuns Of(InstanceId instance)
    {
        var entry = EntryOf(instance);
        if (entry.At is not { } at
            || _time.GetElapsedTime(at) >= (entry.Latest is { Running: null, Aftermath: [] } ? QuietInterval : BusyInterval))
        {
            // Not awaited: it catches and logs its failures.
            _ = ReadAsync(instance, entry, again: false);
        }

        return entry.Latest;
    }

    /// <summary>Reads now, after something was begun or stopped here.</summary>
    public Task ReadAsync(InstanceId instance) => ReadAsync(instance, EntryOf(instance), again: true);

    public void Dispose() => _changes.Dispose();

    private Entry EntryOf(InstanceId instance) => _entries.GetOrAdd(instance, _ => new());

    /// <summary>Reads changed instances again while a page listens; otherwise a page reads them when it asks.</summary>
    private async Task OnChangesAsync(IReadOnlyCollection<Change> changes)
    {
        var changed = _entries.Where(entry => changes.Any(change => change.Instance is null || change.Instance == entry.Key)).ToList();
        foreach (var (instance, entry) in changed)
        {
            entry.Invalidate();
            await (Changed is null ? Task.CompletedTask : ReadAsync(instance, entry, again: true));
        }

        Changed?.Invoke();
    }

    /// <param name="again">Whether a read in progress, which may have started too early, is followed by another.</param>
    private async Task ReadAsync(InstanceId instance, Entry entry, bool again)
    {
        if (!entry.TryBegin(again))
        {
            return;
        }

        await ReadOnceAsync(instance, entry);
        while (!entry.TryEnd())
        {
            // Pages that were notified of the change have seen the result of the read before.
            await ReadOnceAsync(instance, entry);
            Changed?.Invoke();
        }
    }

    private async Task ReadOnceAsync(InstanceId instance, Entry entry)
    {
        try
        {
            entry.Latest = new(await NewestAsync(instance), null)
            {
                Aftermath = await OpenAsync(instance),
            };
        }
        catch (StoreException unusable)
        {
            entry.Latest = entry.Latest with { ReadFailure = unusable.Message };
        }
        catch (Exception error)
        {
            LogUnexpected(error, instance);
        }
        finally
        {
            entry.At = _time.GetTimestamp();
        }
    }

    /// <summary>The newest runs, and the one that holds the slot: runs without a slot may be newer.</summary>
    private async Task<IReadOnlyList<Run>> NewestAsync(InstanceId instance)
    {
        var newest = await _runs.NewestAsync(instance, MaxRuns, CancellationToken.None);
        return newest.Count == MaxRuns && newest.All(run => run.IsOver || !run.HoldsSlot)
            && await _runs.RunningAsync(instance, CancellationToken.None) is { } holder
            ? [.. newest, holder]
            : newest;
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

    [LoggerMessage(603, LogLevel.Error, "Reading the runs of {Instance} failed unexpectedly; it is tried again in 5 s")]
    private partial void LogUnexpected(Exception error, InstanceId instance);

    /// <summary>What was read of one instance, and when.</summary>
    private sealed class Entry
    {
        private readonly Lock _gate = new();
        private bool _isReading;
        private bool _again;

        public volatile LatestRuns Latest = LatestRuns.Unread;

        public long? At { get; set; }

        /// <summary>
        /// Has it read at the next occasion. A read in progress, which may have started too early, is followed by another.
        /// </summary>
        public void Invalidate()
        {
            lock (_gate)
            {
                At = null;
                _again = _isReading;
            }
        }

        /// <returns>False while a read is in progress.</returns>
        public bool TryBegin(bool again)
        {
            lock (_gate)
            {
                _again = _isReading && (_again || again);
                return !_isReading && (_isReading = true);
            }
        }

        /// <returns>False when another read has to follow.</returns>
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
