using System.Data.Common;
using Dapper;
using Dashboard.Changes;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Fakes;

/// <summary>
/// The console's store without a file and with another dialect: what runs over it uses SQLite only through <see cref="IConsoleStore"/>.
/// </summary>
/// <remarks>
/// Stores of one name in one process hold the same rows, as consoles over one database do, until the last of them is disposed.
/// </remarks>
internal sealed class InMemoryConsoleStore : IConsoleStore, IDisposable
{
    private readonly string _name;
    private readonly SqliteConnection _writer;
    private readonly ChangeFeed _changes;
    private readonly SemaphoreSlim _gate = new(1);

    public InMemoryConsoleStore(string name, ChangeFeed changes)
    {
        (_name, _changes) = (name, changes);
        _writer = Open(name);
        Schema.Upgrade(_writer, "ConsoleTables", []);
    }

    public ISqlDialect Dialect { get; } = new InMemoryDialect();

    public string Location => $"memory of {_name}";

    public long Bytes => Read(connection => connection.QuerySingle<long>(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"));

    public StoreFailure? Failure { get; private set; }

    public static SqliteConnection Open(string name)
    {
        var how = new SqliteConnectionStringBuilder
        {
            DataSource = name, Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared, Pooling = false,
        };
        var connection = new SqliteConnection(how.ToString());
        connection.Open();
        connection.Execute("PRAGMA case_sensitive_like = ON");
        return connection;
    }

    public Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancel = default) => Task.Run(() => Read(read), cancel);

    public Task<T> ReadFromDiskAsync<T>(Func<DbConnection, T> read, CancellationToken cancel) => ReadAsync(read, cancel);

    public T Read<T>(Func<DbConnection, T> read) => Guarded(() =>
    {
        using var connection = Open(_name);
        return read(connection);
    });

    public async Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel = default)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Guarded(() => Write(write)), cancel);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _gate.Dispose();
    }

    private T Write<T>(Func<DbTransaction, T> write)
    {
        using var transaction = _writer.BeginTransaction(deferred: false);
        var result = write(transaction);
        transaction.Commit();
        _changes.RaiseCommitted(transaction);
        return result;
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            var result = work();
            Failure = null;
            return result;
        }
        catch (Exception error) when (FailureOf(error) is { } failure)
        {
            Failure = failure;
            throw new StoreException(failure, error);
        }
    }

    private StoreFailure? FailureOf(Exception error) => error switch
    {
        StoreException refused => refused.Failure,
        LostWriteException lost => Dialect.LostWrite(Location, lost.Table),
        DbException broken when !Dialect.IsConstraintViolation(broken) => new(false, $"{Location} cannot be used: {broken.Message}"),
        _ => null,
    };
}
