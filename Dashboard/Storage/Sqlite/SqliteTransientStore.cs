using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// A file beside <c>console.db</c> whose commits do not wait for the disk. It is opened again after each failure, also where it was deleted
/// while the console ran; a damaged one is deleted.
/// </summary>
internal sealed class SqliteTransientStore(SqliteFile file) : ITransientStore, IDisposable
{
    private const string Tables = "TransientTables";

    private readonly SemaphoreSlim _gate = new(1);
    private SqliteConnection? _writer;
    private FileIdentity? _opened;

    public async Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Write(write), cancel);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        Close();
        _gate.Dispose();
    }

    private T Write<T>(Func<DbTransaction, T> write)
    {
        try
        {
            using var transaction = Writer().BeginTransaction(deferred: false);
            var result = write(transaction);
            transaction.Commit();
            return result;
        }
        catch (Exception error) when (SqliteFailure.Of(error, file.Path) is { } failure)
        {
            Close();
            if (failure.Damaged)
            {
                file.Delete();
            }

            throw new StoreException(failure, error);
        }
    }

    private SqliteConnection Writer()
    {
        if (_opened is { IsThere: false })
        {
            Close();
        }

        if (_writer is null)
        {
            var connection = file.OpenToWrite();
            try
            {
                Schema.Upgrade(connection, Tables, []);
                (_writer, _opened) = (connection, new(file));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        return _writer;
    }

    private void Close()
    {
        _opened?.Dispose();
        _writer?.Dispose();
        (_writer, _opened) = (null, null);
    }
}
