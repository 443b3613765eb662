using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>Knows the very file that was opened, so that another one under its name is told from it.</summary>
/// <remarks>By a connection of its own that nobody works with: asking waits for no statement.</remarks>
internal sealed class FileIdentity(SqliteFile file) : IDisposable
{
    /// <summary>
    /// SQLITE_FCNTL_HAS_MOVED: whether the path leads to another inode than the one that is open. Not known to SQLite on Windows, where an
    /// open file cannot be replaced.
    /// </summary>
    private const int HasMoved = 20;

    private readonly SqliteConnection _connection = file.OpenToReadAfresh();

    public bool IsThere => Ask(_connection.Handle!, IntPtr.Zero, HasMoved, out var moved) != SQLitePCL.raw.SQLITE_OK || moved == 0;

    public void Dispose() => _connection.Dispose();

    /// <summary>SQLitePCLRaw leaves this one out.</summary>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Ask(SQLitePCL.sqlite3 database, IntPtr main, int question, out int answer);
}
