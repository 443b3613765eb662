using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// Opens and closes the file <c>console.db</c>. The program never replaces a damaged or missing one, because its content is precious.
/// </summary>
/// <remarks>Called by one thread at a time, except <see cref="ThrowIfReplaced"/> and <see cref="IsOpen"/>.</remarks>
internal sealed partial class ConsoleDatabase(ConsoleFiles files, ILogger log) : IDisposable
{
    private const string Tables = "ConsoleTables";

    private SqliteConnection? _writer;
    private FileIdentity? _opened;
    private bool _closed;

    public SqliteFile File { get; } = new(files.Database);

    /// <summary>Whether <see cref="Writer"/> has opened and upgraded the file in this run.</summary>
    public bool IsOpen => _writer is not null;

    private StoreFailure Emptied => new(true, $"{File.Path} is empty, but {files.AuditHead} shows that it was not.");

    /// <summary>Returns the writing connection; the first call opens and upgrades the file.</summary>
    /// <exception cref="StoreException">The file is damaged, or is empty or missing although it existed before.</exception>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection Writer()
    {
        if (_writer is not null)
        {
            return _writer;
        }

        ObjectDisposedException.ThrowIf(_closed, this);
        RefuseNewBeginning();
        RestrictToOwner();
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
    /// Throws when the file is no longer the one at this path. SQLite continues writing to a deleted or renamed file, and all of that would
    /// be lost when this run of the program ends.
    /// </summary>
    /// <exception cref="StoreException">The file is missing, or another one is in its place.</exception>
    public void ThrowIfReplaced()
    {
        if (_writer is not null && (!File.Exists || _opened is { IsThere: false }))
        {
            throw new StoreException(new(true, $"{File.Path} was deleted, moved or replaced while the console ran."));
        }
    }

    /// <summary>Keeps the write-ahead log of a damaged file when the file is closed: it may be the more intact part.</summary>
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
        // The connection that may write must be closed last: it moves the content of the write-ahead log into the file, so that a copy of
        // the file alone is complete.
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

    /// <summary>
    /// Throws where the head of the audit log exists: then there were rows and accounts, and a file without them is not a new beginning.
    /// </summary>
    private void RefuseNewBeginning()
    {
        if (!System.IO.File.Exists(files.AuditHead))
        {
            return;
        }

        if (!File.Exists)
        {
            throw new StoreException(new(true, $"{File.Path} is missing, but {files.AuditHead} shows that it existed."));
        }

        if (File.Bytes == 0)
        {
            throw new StoreException(Emptied);
        }
    }

    /// <summary>Removes the access of others, which a backup that was put back may allow.</summary>
    private void RestrictToOwner()
    {
        try
        {
            if (File.Close() is { } mode)
            {
                LogRestricted(File.Path, mode);
            }
        }
        catch (UnauthorizedAccessException error)
        {
            LogNotRestricted(File.Path, error.Message);
        }
    }

    [LoggerMessage(504, LogLevel.Warning, "{Path} was readable by others (mode {Mode}); only its owner may read it now")]
    private partial void LogRestricted(string path, string mode);

    [LoggerMessage(505, LogLevel.Warning, "{Path} may be readable by others, and its mode cannot be changed: {Why}")]
    private partial void LogNotRestricted(string path, string why);
}
