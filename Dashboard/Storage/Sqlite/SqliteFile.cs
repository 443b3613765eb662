using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>One embedded database file, readable by its owner only.</summary>
internal sealed class SqliteFile(string path)
{
    /// <summary>How many seconds a statement waits for another program's lock.</summary>
    public const int BusySeconds = 3;

    /// <summary>
    /// How many seconds after its start the provider still retries a locked statement. It is shorter than <see cref="BusySeconds"/>, so
    /// that it never retries: its default of 30 would block the thread.
    /// </summary>
    private const int ProviderSeconds = 1;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public bool Exists => File.Exists(Path);

    /// <summary>The size in bytes on disk with its write-ahead log; 0 when there is no file.</summary>
    public long Bytes => Parts().Where(part => part.Exists).Sum(part => part.Length);

    /// <summary>Opens the file for writing, and makes it first where it does not exist.</summary>
    /// <param name="precious">Whether a commit is on the disk before it returns (<c>synchronous=FULL</c>); otherwise the last seconds may
    /// be lost in a power failure.</param>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    /// <exception cref="IOException">Its folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Its folder may not be written.</exception>
    public SqliteConnection OpenToWrite(bool precious = false)
    {
        Make();
        RefuseOtherFiles();
        var connection = Open(new() { Mode = SqliteOpenMode.ReadWrite, Pooling = false });
        try
        {
            // Pages freed by pruning can be returned to the disk only if this is set before the first table exists.
            connection.Execute(
                $"PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = {(precious ? "FULL" : "NORMAL")}; "
                    + $"PRAGMA journal_size_limit = 16777216;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file for reading beside the writer; cheap, because connections are pooled.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    public SqliteConnection OpenToRead() => Open(new() { Mode = SqliteOpenMode.ReadOnly, Pooling = true });

    /// <summary>Opens as <see cref="OpenToRead"/> does, but reads from the disk, and nothing that an earlier connection cached.</summary>
    public SqliteConnection OpenToReadFromDisk() => Open(new() { Mode = SqliteOpenMode.ReadOnly, Pooling = false });

    /// <summary>Reads from the file once, and leaves no connection open.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    public T ReadOnce<T>(Func<DbConnection, T> read)
    {
        using var connection = OpenToRead();
        var result = read(connection);
        CloseReaders();
        return result;
    }

    /// <summary>
    /// Removes the access of others to the file and its write-ahead log, for example after a restore with <c>cp</c>. To be called before it
    /// is opened, because files that SQLite makes beside it get its mode.
    /// </summary>
    /// <returns>The mode before, as in <c>644</c>; null when others had no access.</returns>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    public string? Close() => Parts().Select(part => PrivateFile.Close(part.FullName)).ToList().Find(mode => mode is not null);

    /// <summary>Closes the pooled connections.</summary>
    public void CloseReaders()
    {
        using var any = new SqliteConnection(Text(new() { Mode = SqliteOpenMode.ReadOnly, Pooling = true }));
        SqliteConnection.ClearPool(any);
    }

    /// <summary>Counts the damaged files of this name that were set aside and still exist.</summary>
    public int CountSetAside() =>
        Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, $"{System.IO.Path.GetFileName(Path)}.damaged-*Z*")
        .Count(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal));

    /// <summary>
    /// Moves the file and its write-ahead log aside, to a name such as <c>history.db.damaged-20260131T031502Z</c>; nothing is deleted.
    /// </summary>
    /// <returns>The new path.</returns>
    public string SetAside(DateTimeOffset now)
    {
        CloseReaders();
        var aside = $"{Path}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";
        for (var again = 2; File.Exists(aside); again++)
        {
            aside = $"{Path}.damaged-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{again}";
        }

        foreach (var part in Parts().Where(part => part.Exists))
        {
            part.MoveTo(aside + part.FullName[Path.Length..]);
        }

        return aside;
    }

    /// <summary>Deletes the file with its write-ahead log.</summary>
    public void Delete()
    {
        foreach (var part in Parts())
        {
            part.Delete();
        }
    }

    private void Make()
    {
        PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFile.Open(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    /// <summary>
    /// Refuses other files. SQLite does so too, but only after it removed the write-ahead log of a file whose header it cannot read.
    /// </summary>
    private void RefuseOtherFiles()
    {
        Span<byte> header = stackalloc byte[16];
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (length > 0 && !header[..length].SequenceEqual("SQLite format 3\0"u8))
        {
            throw new SqliteException("The file is not a database.", SQLitePCL.raw.SQLITE_NOTADB);
        }
    }

    private SqliteConnection Open(SqliteConnectionStringBuilder settings)
    {
        var connection = new SqliteConnection(Text(settings));
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string Text(SqliteConnectionStringBuilder settings)
    {
        (settings.DataSource, settings.DefaultTimeout) = (Path, ProviderSeconds);
        return settings.ToString();
    }

    /// <summary>The database, its write-ahead log and the index of that log.</summary>
    private FileInfo[] Parts() => [new(Path), new(Path + "-wal"), new(Path + "-shm")];
}
