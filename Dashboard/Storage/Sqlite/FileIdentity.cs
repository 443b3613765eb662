using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>Identifies the file that was opened, so that another file under its name is distinguished from it.</summary>
/// <remarks>It has a connection of its own that nothing else uses, so that the check waits for no statement.</remarks>
internal sealed class FileIdentity(SqliteFile file) : IDisposable
{
    /// <summary>
    /// SQLITE_FCNTL_HAS_MOVED: whether the path leads to another inode than the open one. SQLite does not support it on Windows, where an
    /// open file cannot be replaced.
    /// </summary>
    private const int HasMoved = 20;

    private readonly SqliteConnection _connection = file.OpenToReadFromDisk();

    public bool IsThere => Control(_connection.Handle!, IntPtr.Zero, HasMoved, out var moved) != SQLitePCL.raw.SQLITE_OK || moved == 0;

    public void Dispose() => _connection.Dispose();

    /// <summary>The native function, which SQLitePCLRaw does not offer.</summary>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SQLitePCL.sqlite3 database, IntPtr main, int question, out int answer);
}
