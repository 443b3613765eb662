using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>Ends a statement that goes on when nobody waits for it any more.</summary>
/// <remarks>SQLite asks every few thousand steps. (sqlite3_interrupt would miss a statement that has not begun yet.)</remarks>
internal sealed class CancellableQuery : IDisposable
{
    /// <summary>Steps of SQLite's machine, some tens of microseconds.</summary>
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

    /// <exception cref="OperationCanceledException">It was called off.</exception>
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

    /// <summary>The connection may be kept for the next reader, who asks for himself.</summary>
    public void Dispose()
    {
        if (_cancel.CanBeCanceled)
        {
            raw.sqlite3_progress_handler(_connection.Handle, 0, null, null);
        }
    }
}
