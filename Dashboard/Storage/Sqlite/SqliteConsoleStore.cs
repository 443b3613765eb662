using System.Data.Common;
using Dashboard.Changes;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// Reads and writes <c>console.db</c>. A commit is on the disk before it returns, and a damaged file is not used again in this run.
/// </summary>
/// <remarks>
/// One write runs at a time here, and waits up to 3 s for other programs. SQLite is synchronous, so the work runs on a pool thread.
/// </remarks>
internal sealed class SqliteConsoleStore(ConsoleFiles files, ChangeFeed changes, ILogger<SqliteConsoleStore> log)
    : IConsoleStore, IDisposable
{
    private readonly ConsoleDatabase _database = new(files, log);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _failing = new();

    public ISqlDialect Dialect { get; } = new SqliteDialect();

    public string Location => _database.File.Path;

    /// <summary>The size with its write-ahead log.</summary>
    public long Bytes => _database.File.Bytes;

    public StoreFailure? Failure { get; private set; }

    public Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancel = default) =>
        ReadAsync(read, _database.File.OpenToRead, cancel);

    public Task<T> ReadFromDiskAsync<T>(Func<DbConnection, T> read, CancellationToken cancel) =>
        ReadAsync(read, _database.File.OpenToReadFromDisk, cancel);

    public T Read<T>(Func<DbConnection, T> read) => Read(read, _database.File.OpenToRead, CancellationToken.None);

    /// <summary>
    /// Runs <paramref name="write"/> in a transaction that locks the file from its beginning. The changes that it noted are raised after
    /// the commit.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel = default) => LockedAsync(
        () =>
        {
            using var transaction = _database.Writer().BeginTransaction(deferred: false);
            var result = write(transaction);
            transaction.Commit();
            changes.RaiseCommitted(transaction);
            return result;
        }, cancel);

    /// <summary>Lets a write in progress end. The gate itself needs no disposal: later callers are told that the store is closed.</summary>
    public void Dispose()
    {
        var idle = _gate.Wait(TimeSpan.FromSeconds(SqliteFile.BusySeconds));
        if (Failure is { Damaged: true })
        {
            _database.KeepLog();
        }

        _database.Dispose();
        if (idle)
        {
            _gate.Release();
        }
    }

    private async Task<T> ReadAsync<T>(Func<DbConnection, T> read, Func<SqliteConnection> open, CancellationToken cancel)
    {
        if (!_database.IsOpen)
        {
            await LockedAsync(_database.Writer, cancel);
        }

        return await Task.Run(() => Read(read, open, cancel), cancel);
    }

    private T Read<T>(Func<DbConnection, T> read, Func<SqliteConnection> open, CancellationToken cancel) => Guarded(() =>
    {
        using var connection = open();
        using var cancellableQuery = new CancellableQuery(connection, cancel);
        return cancellableQuery.Run(read);
    });

    /// <summary>Waits its turn without blocking a thread; only the caller whose turn it is may be blocked by SQLite.</summary>
    private async Task<T> LockedAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Guarded(work), cancel);
        }
        finally
        {
            _gate.Release();
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        if (Failure is { Damaged: true } damage)
        {
            throw new StoreException(damage);
        }

        try
        {
            _database.ThrowIfReplaced();
            var result = work();
            SetFailure(null);
            return result;
        }
        catch (StoreException refused)
        {
            SetFailure(refused.Failure);
            throw;
        }
        catch (Exception error) when (FailureOf(error) is { } failure)
        {
            SetFailure(failure);
            throw new StoreException(failure, error);
        }
    }

    /// <summary>Damage stays. A read that began before it was found does not clear it.</summary>
    private void SetFailure(StoreFailure? failure)
    {
        lock (_failing)
        {
            Failure = Failure is { Damaged: true } damage ? damage : failure;
        }
    }

    /// <returns>The failure; null for an error that is not caused by the file.</returns>
    private StoreFailure? FailureOf(Exception error) => error switch
    {
        LostWriteException lost => Dialect.LostWrite(Location, lost.Table),
        DbException refused when Dialect.IsConstraintViolation(refused) => null,
        _ => SqliteFailure.Of(error, Location),
    };
}
