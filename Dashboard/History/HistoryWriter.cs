using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History;

/// <summary>
/// Writes readings to history.db in the background, a batch every two seconds. When the file cannot be written, readings wait and polling
/// continues. While another console that shares the data folder writes the file, the readings of this one are not needed.
/// </summary>
internal sealed class HistoryWriter : BackgroundService
{
    /// <summary>A killed process loses the readings of this time, and slightly more.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);
    private const int BatchSize = 500;

    /// <summary>
    /// The most damaged files that are kept. A broken disk gives more and more, which would fill it: nothing is then written until a person
    /// has checked.
    /// </summary>
    public const int MaxSetAside = 5;

    private readonly SqliteFile _file;
    private readonly HistoryOptions _options;
    private readonly TimeProvider _time;
    private readonly HistoryBuffer _buffer = new();
    private readonly HistoryHealth _health;
    private readonly WriterLock _lock;
    private List<HistoryEntry> _batch = [];
    private HistoryStore? _store;
    private DateTimeOffset _prunedAt;
    private volatile bool _suspect;

    /// <summary>Damage that was found. While it is set, the file is neither opened nor written.</summary>
    private StoreFailure? _damage;

    public HistoryWriter(SqliteFile file, HistoryOptions options, TimeProvider time, ILogger<HistoryWriter> log)
    {
        (_file, _options, _time) = (file, options, time);
        _health = new(file, options, _buffer, time, log);
        _lock = new(Path.ChangeExtension(file.Path, "lock"));
    }

    /// <summary>The current state.</summary>
    public HistoryStatus Status => _health.Status;

    /// <summary>Queues a reading; never blocks, never fails.</summary>
    public void Append(InstanceId instance, Reading reading) => _buffer.Append(instance, reading);

    /// <summary>Reports that a reader found damage: the file is checked before the next write, and set aside if it is damaged.</summary>
    public void Suspect() => _suspect = true;

    /// <summary>
    /// Tries to write everything that waits; called by the background loop. It throws nothing: a failure is in <see cref="Status"/>.
    /// </summary>
    public void Flush()
    {
        var failure = Try(WhyHeldBack) ?? Try(WriteAll);
        if (failure is { Damaged: true })
        {
            _damage = failure;
            failure = Try(ReplaceFile);
        }

        if (failure is not null)
        {
            _health.Waiting(failure.Why, _batch.Count);
        }
    }

    /// <summary>Closes the file; the next flush opens it again, unless another console has become its writer.</summary>
    public void Close()
    {
        _store?.Dispose();
        _store = null;
        _lock.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            // On a thread of its own: a locked file blocks it for seconds, and the pool's few threads poll.
            await Task.Factory.StartNew(Flush, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        while (await TickAsync(timer, stoppingToken));

        Flush();
        Close();
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <returns>What went wrong; null when nothing did.</returns>
    private StoreFailure? Try(Func<StoreFailure?> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception)
        {
            Close();
            return SqliteFailure.Of(exception, _file.Path) ?? GiveUpBatch(exception);
        }
    }

    /// <returns>Why a damaged file has to stay where it is; null when there is none, or when it may be tried again.</returns>
    private StoreFailure? WhyHeldBack()
    {
        if (_damage is { } damage && _file.Exists && _file.CountSetAside() is >= MaxSetAside and var kept)
        {
            return new(
                false,
                $"{damage.Why} {kept} files that were damaged earlier are kept beside it ({_file.Path}.damaged-…): "
                    + "check the disk, then move them elsewhere.");
        }

        // It may be another file by now, and opening it would not show that.
        (_suspect, _damage) = (_suspect || _damage is not null, null);
        return null;
    }

    private StoreFailure? ReplaceFile()
    {
        if (WhyHeldBack() is { } reason)
        {
            return reason;
        }

        _health.SetAside(_file.SetAside(_time.GetUtcNow()));
        return WriteAll();
    }

    private StoreFailure? WriteAll()
    {
        if (!_file.Exists)
        {
            // The file was deleted or moved: what is written to it now would be lost with it.
            Close();
        }

        if (!_lock.TryHold())
        {
            Skip();
            return null;
        }

        _store ??= HistoryStore.Open(_file);
        CheckSuspect(_store);
        do
        {
            // A batch stays here until it is in the file.
            _batch = _batch.Count > 0 ? _batch : _buffer.Take(BatchSize);
            if (_batch.Count > 0)
            {
                _store.Write(_batch);
                _batch = [];
            }
        }
        while (_buffer.Count > 0);

        Prune(_store);
        _health.Working();
        return null;
    }

    /// <summary>Another console writes what it saw at the same time.</summary>
    private void Skip()
    {
        do
        {
            _batch = _buffer.Take(BatchSize);
        }
        while (_batch.Count > 0);

        _health.Working();
    }

    private void CheckSuspect(HistoryStore store)
    {
        if (_suspect)
        {
            store.Check();
            _suspect = false;
        }
    }

    private void Prune(HistoryStore store)
    {
        var now = _time.GetUtcNow();
        if ((now - _prunedAt).Duration() >= PruneEvery && store.Prune(now, _options.MaxBytes))
        {
            _prunedAt = now;
        }
    }

    /// <summary>A bug that these very readings may cause: if they were tried again for ever, they would hold up all that follow.</summary>
    private StoreFailure GiveUpBatch(Exception exception)
    {
        _buffer.CountLost(_batch.Count);
        _batch = [];
        return _health.Unexpected(exception);
    }
}
