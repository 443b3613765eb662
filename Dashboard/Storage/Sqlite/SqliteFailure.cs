using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>Derives from an error of SQLite, or of its file, why that file cannot be used.</summary>
internal static class SqliteFailure
{
    /// <summary>The error code EROFS of Linux and macOS.</summary>
    private const int ReadOnlyDisk = 30;

    /// <returns>The failure; null for an exception that has nothing to do with the file.</returns>
    public static StoreFailure? Of(Exception exception, string path) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => new(true, $"{path} is damaged."),
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } =>
            new(false, $"Another program holds {path} locked. Find it with: fuser {path}"),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => Full(path),
        // A full disk also shows as a failed write to the index of the write-ahead log.
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } when IsFull(path) => Full(path),
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH } =>
            Closed(path),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyDisk } => Closed(path),
        SqliteException sqlite => new(false, $"{path} cannot be used: {sqlite.Message}"),
        IOException when IsFull(path) => Full(path),
        IOException io => new(false, $"{path} cannot be used: {io.Message}"),
        _ => null,
    };

    private static StoreFailure Closed(string path) => new(
        false,
        $"{path} cannot be opened for writing. Let the user the console runs as own it and its folder, on a disk that is not read-only.");

    private static StoreFailure Full(string path) => new(false, $"The disk that holds {path} is full. Free some space there.");

    private static bool IsFull(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < 1 << 20;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
