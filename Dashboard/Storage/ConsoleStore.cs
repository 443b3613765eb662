using Dapper;
using Dashboard.Changes;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage;

/// <summary><c>console.db</c>: accounts, sessions, audit. Precious: a commit is on the disk before it returns, and a damaged or missing file is never replaced by the program.</summary>
/// <remarks>One writer at a time here; other programs are waited for 3 s. SQLite is synchronous: the work runs on a pool thread.</remarks>
internal sealed partial class ConsoleStore(ConsoleFiles files, ChangeFeed changes, ILogger<ConsoleStore> log) : IDisposable
{
    private const string Tables = "ConsoleTables";

    private readonly SqliteFile _file = new(files.Database);
    private readonly SemaphoreSlim _gate = new(1);
    private SqliteConnection? _writer;
    private FileIdentity? _opened;
    private bool _closed;

    /// <summary>Absolute.</summary>
    public string Path => _file.Path;

    /// <summary>On disk, with its log.</summary>
    public long Bytes => _file.Bytes;

    /// <summary>Why it could not be used the last time; null while it can. Damage stays until the console is started with a good file.</summary>
    public StoreFailure? Trouble { get; private set; }

    /// <summary>Reads, beside whoever writes. Called off, a statement under way ends.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancel = default)
    {
        if (_writer is null)
        {
            await LockedAsync(Writer, cancel);
        }

        return await Task.Run(() => Read(read, _file.OpenToRead, cancel), cancel);
    }

    /// <summary>As <see cref="ReadAsync{T}"/>, from the disk alone: damage done since the last look is met, and not hidden by what was read before it.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public async Task<T> ReadAfreshAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancel)
    {
        if (_writer is null)
        {
            await LockedAsync(Writer, cancel);
        }

        return await Task.Run(() => Read(read, _file.OpenToReadAfresh, cancel), cancel);
    }

    /// <summary>As <see cref="ReadAsync{T}"/> on the caller's thread: for a look at one row, which takes less than changing threads.</summary>
    /// <exception cref="StoreException">The file cannot be used, or was not opened yet by anybody else.</exception>
    public T Read<T>(Func<SqliteConnection, T> read) => Read(read, _file.OpenToRead, CancellationToken.None);

    /// <summary>Runs <paramref name="write"/> in one transaction that has locked the file from its beginning; an exception undoes all of it.</summary>
    /// <remarks>What <paramref name="write"/> noted as changed is raised after the commit.</remarks>
    /// <exception cref="StoreException">The file cannot be used; nothing was written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteTransaction, T> write, CancellationToken cancel = default) => LockedAsync(
        () =>
        {
            using var transaction = Writer().BeginTransaction(deferred: false);
            var result = write(transaction);
            transaction.Commit();
            changes.RaiseCommitted(transaction);
            return result;
        }, cancel);

    /// <summary>Lets a write that is under way end. The gate itself holds nothing: who comes later is told that it is closed.</summary>
    public void Dispose()
    {
        var idle = _gate.Wait(TimeSpan.FromSeconds(SqliteFile.BusySeconds));
        _closed = true;
        // The last connection to close must be the one that may write: it brings what is still in the log into the file, so that a copy of the file alone is whole.
        _file.CloseReaders();
        LeaveADamagedFileAsItIs();
        _opened?.Dispose();
        _writer?.Dispose();
        _writer = null;
        if (idle)
        {
            _gate.Release();
        }
    }

    /// <summary>Its log may be the better half of it.</summary>
    private void LeaveADamagedFileAsItIs()
    {
        if (Trouble is { Damaged: true } && _writer?.Handle is { } handle)
        {
            _ = raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        }
    }

    /// <summary>Waits for its turn without holding a thread: only the one whose turn it is may be kept waiting by SQLite.</summary>
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

    /// <summary>The writing connection, opened and brought up to date the first time.</summary>
    private SqliteConnection Writer()
    {
        if (_writer is not null)
        {
            return _writer;
        }

        ObjectDisposedException.ThrowIf(_closed, this);
        RefuseToBeginAnew();
        CloseToOthers();
        var connection = _file.OpenToWrite(precious: true);
        try
        {
            if (connection.QueryFirst<string>("PRAGMA quick_check(1)") != "ok")
            {
                throw new StoreException(new(true, $"{Path} is damaged."));
            }

            if (File.Exists(files.AuditHead) && !Schema.HasTable(connection, "audit"))
            {
                throw new StoreException(Emptied);
            }

            Schema.Upgrade(connection, Tables, []);
            _opened = new(_file);
            return _writer = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Where the head of the audit log is, there were rows, and accounts: a file without them is no beginning.</summary>
    private void RefuseToBeginAnew()
    {
        if (!File.Exists(files.AuditHead))
        {
            return;
        }

        if (!_file.Exists)
        {
            throw new StoreException(new(true, $"{Path} is missing, but {files.AuditHead} says that it existed."));
        }

        if (_file.Bytes == 0)
        {
            throw new StoreException(Emptied);
        }
    }

    private StoreFailure Emptied => new(true, $"{Path} is empty, but {files.AuditHead} says that it was not.");

    /// <summary>A backup put back may be readable by all.</summary>
    private void CloseToOthers()
    {
        try
        {
            if (_file.Close() is { } mode)
            {
                LogClosed(Path, mode);
            }
        }
        catch (UnauthorizedAccessException error)
        {
            LogOpen(Path, error.Message);
        }
    }

    /// <summary>SQLite goes on writing a file that has no name any more, or no longer this one, and all of it would be lost with this run of the program.</summary>
    private void RefuseWhatIsGone()
    {
        if (_writer is not null && (!_file.Exists || _opened is { IsThere: false }))
        {
            throw new StoreException(new(true, $"{Path} was deleted, moved or replaced while the console ran."));
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read, Func<SqliteConnection> open, CancellationToken cancel) => Guarded(() =>
    {
        using var connection = open();
        using var cancellableQuery = new CancellableQuery(connection, cancel);
        return cancellableQuery.Run(read);
    });

    private T Guarded<T>(Func<T> work)
    {
        if (Trouble is { Damaged: true } damage)
        {
            throw new StoreException(damage);
        }

        try
        {
            RefuseWhatIsGone();
            var result = work();
            Trouble = null;
            return result;
        }
        catch (StoreException refused)
        {
            Trouble = refused.Trouble;
            throw;
        }
        catch (Exception error) when (error is not SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT } && StoreFailure.Of(error, Path) is { } failure)
        {
            Trouble = failure;
            throw new StoreException(failure, error);
        }
    }

    [LoggerMessage(504, LogLevel.Warning, "{Path} was readable by others (mode {Mode}); only its owner may read it now")]
    private partial void LogClosed(string path, string mode);

    [LoggerMessage(505, LogLevel.Warning, "{Path} may be readable by others, and its mode cannot be changed: {Why}")]
    private partial void LogOpen(string path, string why);
}
