using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// Opens and closes the file <c>console.db</c>. It is precious: a damaged or missing one is never replaced by the program.
/// </summary>
/// <remarks>Called by one thread at a time, <see cref="RefuseWhatIsGone"/> and <see cref="IsOpen"/> by any.</remarks>
internal sealed partial class ConsoleDatabase(ConsoleFiles files, ILogger log) : IDisposable
{
    private const string Tables = "ConsoleTables";

    private SqliteConnection? _writer;
    private FileIdentity? _opened;
    private bool _closed;

    public SqliteFile File { get; } = new(files.Database);

    /// <summary>Whether <see cref="Writer"/> has brought it up to date in this run.</summary>
    public bool IsOpen => _writer is not null;

    private StoreFailure Emptied => new(true, $"{File.Path} is empty, but {files.AuditHead} says that it was not.");

    /// <summary>The writing connection, opened and brought up to date the first time.</summary>
    /// <exception cref="StoreException">It is damaged, empty or missing, and was not before.</exception>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection Writer()
    {
        if (_writer is not null)
        {
            return _writer;
        }

        ObjectDisposedException.ThrowIf(_closed, this);
        RefuseToBeginAnew();
        CloseToOthers();
        var connection = File.OpenToWrite(precious: true);
        try
        {
            Upgrade(connection);
            _opened = new(File);
            return _writer = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// SQLite goes on writing a file that has no name any more, or no longer this one, and all of it would be lost with this run of the
    /// program.
    /// </summary>
    /// <exception cref="StoreException">It is not there, or another one is.</exception>
    public void RefuseWhatIsGone()
    {
        if (_writer is not null && (!File.Exists || _opened is { IsThere: false }))
        {
            throw new StoreException(new(true, $"{File.Path} was deleted, moved or replaced while the console ran."));
        }
    }

    /// <summary>Leaves the log of a damaged file where it is when the file is closed: it may be the better half.</summary>
    public void KeepLog()
    {
        if (_writer?.Handle is { } handle)
        {
            _ = raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        }
    }

    public void Dispose()
    {
        _closed = true;
        // The last connection to close must be the one that may write: it brings what is still in the log into the file, so that a copy of
        // the file alone is whole.
        File.CloseReaders();
        _opened?.Dispose();
        _writer?.Dispose();
        _writer = null;
    }

    private void Upgrade(SqliteConnection connection)
    {
        if (connection.QueryFirst<string>("PRAGMA quick_check(1)") != "ok")
        {
            throw new StoreException(new(true, $"{File.Path} is damaged."));
        }

        if (System.IO.File.Exists(files.AuditHead) && !Schema.HasTable(connection, "audit"))
        {
            throw new StoreException(Emptied);
        }

        Schema.Upgrade(connection, Tables, []);
    }

    /// <summary>Where the head of the audit log is, there were rows, and accounts: a file without them is no beginning.</summary>
    private void RefuseToBeginAnew()
    {
        if (!System.IO.File.Exists(files.AuditHead))
        {
            return;
        }

        if (!File.Exists)
        {
            throw new StoreException(new(true, $"{File.Path} is missing, but {files.AuditHead} says that it existed."));
        }

        if (File.Bytes == 0)
        {
            throw new StoreException(Emptied);
        }
    }

    /// <summary>A backup put back may be readable by all.</summary>
    private void CloseToOthers()
    {
        try
        {
            if (File.Close() is { } mode)
            {
                LogClosed(File.Path, mode);
            }
        }
        catch (UnauthorizedAccessException error)
        {
            LogOpen(File.Path, error.Message);
        }
    }

    [LoggerMessage(504, LogLevel.Warning, "{Path} was readable by others (mode {Mode}); only its owner may read it now")]
    private partial void LogClosed(string path, string mode);

    [LoggerMessage(505, LogLevel.Warning, "{Path} may be readable by others, and its mode cannot be changed: {Why}")]
    private partial void LogOpen(string path, string why);
}
