using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>Ends a statement when its caller stops waiting.</summary>
/// <remarks>SQLite calls the check every few thousand steps. (sqlite3_interrupt would miss a statement that has not begun yet.)</remarks>
internal sealed class CancellableQuery : IDisposable
{
    /// <summary>The number of steps of SQLite's virtual machine between two checks: some tens of microseconds.</summary>
    private const int Steps = 10_000;

    private readonly SqliteConnection _connection;
    private readonly CancellationToken _cancel;

    public CancellableQuery(SqliteConnection connection, CancellationToken cancel)
    {
        (_connection, _cancel) = (connection, cancel);
        if (cancel.CanBeCanceled)
        {
            raw.sqlite3_progress_handler(connection.Handle, Steps, _ => cancel.IsCancellationRequested ? 1 : 0, null);
        }
    }

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public T Run<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            return read(_connection);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT && _cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, _cancel);
        }
    }

    /// <summary>Removes the check, because the connection may be kept for another reader.</summary>
    public void Dispose()
    {
        if (_cancel.CanBeCanceled)
        {
            raw.sqlite3_progress_handler(_connection.Handle, 0, null, null);
        }
    }
}
