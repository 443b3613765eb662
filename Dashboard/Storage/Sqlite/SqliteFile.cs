using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>One embedded database file, readable by its owner only.</summary>
internal sealed class SqliteFile(string path)
{
    /// <summary>Seconds a statement waits for another program's lock.</summary>
    public const int BusySeconds = 3;

    /// <summary>
    /// The provider waits once more when the lock gave up before this has passed: shorter, so that it never does. (It would be 30, its
    /// thread blocked meanwhile.)
    /// </summary>
    private const int ProviderSeconds = 1;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public bool Exists => File.Exists(Path);

    /// <summary>Bytes on disk with its write-ahead log; 0 when there is none.</summary>
    public long Bytes => Parts().Where(part => part.Exists).Sum(part => part.Length);

    /// <summary>Opens it for writing, made first where it does not exist.</summary>
    /// <param name="precious">A commit is on the disk before it returns (<c>synchronous=FULL</c>); else the last seconds may be lost with
    /// the machine's power.</param>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    /// <exception cref="IOException">Its folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Its folder may not be written.</exception>
    public SqliteConnection OpenToWrite(bool precious = false)
    {
        Make();
        RefuseWhatIsNoDatabase();
        var connection = Open(new() { Mode = SqliteOpenMode.ReadWrite, Pooling = false });
        try
        {
            // Pages of the file freed by pruning can go back to the disk only when this is said before the first table.
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

    /// <summary>Opens it for reading beside the writer; cheap, as connections are kept.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    public SqliteConnection OpenToRead() => Open(new() { Mode = SqliteOpenMode.ReadOnly, Pooling = true });

    /// <summary>As <see cref="OpenToRead"/>, but sees what is on the disk now, and nothing that an earlier look remembers.</summary>
    public SqliteConnection OpenToReadAfresh() => Open(new() { Mode = SqliteOpenMode.ReadOnly, Pooling = false });

    /// <summary>Reads from it once, and leaves no connection open.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is no database.</exception>
    public T ReadOnce<T>(Func<DbConnection, T> read)
    {
        using var connection = OpenToRead();
        var result = read(connection);
        CloseReaders();
        return result;
    }

    /// <summary>
    /// Takes away what others may do with it and its log, as after a restore with <c>cp</c>. To be called before it is opened: what SQLite
    /// makes beside it has its mode.
    /// </summary>
    /// <returns>What it was before, as <c>644</c>; null when there was nothing to take away.</returns>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public string? Close() => Parts().Select(part => PrivateFile.Close(part.FullName)).ToList().Find(mode => mode is not null);

    /// <summary>Closes the connections kept for reading.</summary>
    public void CloseReaders()
    {
        using var any = new SqliteConnection(Text(new() { Mode = SqliteOpenMode.ReadOnly, Pooling = true }));
        SqliteConnection.ClearPool(any);
    }

    /// <summary>Damaged files of this name that were set aside and are still there.</summary>
    public int CountSetAside() =>
        Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, $"{System.IO.Path.GetFileName(Path)}.damaged-*Z*")
        .Count(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal));

    /// <summary>Moves the file with its log out of the way, as <c>history.db.damaged-20260131T031502Z</c>; nothing is deleted.</summary>
    /// <returns>Its new path.</returns>
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

    private void Make()
    {
        PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFile.Open(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
    }

    /// <summary>SQLite finds this out too, but by then it has removed the log of a file whose header it cannot read.</summary>
    private void RefuseWhatIsNoDatabase()
    {
        Span<byte> header = stackalloc byte[16];
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (length > 0 && !header[..length].SequenceEqual("SQLite format 3\0"u8))
        {
            throw new SqliteException("The file is not a database.", SQLitePCL.raw.SQLITE_NOTADB);
        }
    }

    private SqliteConnection Open(SqliteConnectionStringBuilder how)
    {
        var connection = new SqliteConnection(Text(how));
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

    private string Text(SqliteConnectionStringBuilder how)
    {
        (how.DataSource, how.DefaultTimeout) = (Path, ProviderSeconds);
        return how.ToString();
    }

    /// <summary>The database, its write-ahead log and the log's index.</summary>
    private FileInfo[] Parts() => [new(Path), new(Path + "-wal"), new(Path + "-shm")];
}
