using System.Data.Common;
using Dashboard.Storage;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>The store of a console, until the console is killed: then nothing of it is read or written any more.</summary>
internal sealed class StoppableStore(IConsoleStore store) : IConsoleStore, IDisposable
{
    private volatile bool _stopped;

    public ISqlDialect Dialect => store.Dialect;

    public string Location => store.Location;

    public long Bytes => store.Bytes;

    public StoreFailure? Failure => store.Failure;

    public void Stop() => _stopped = true;

    public Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancel = default) =>
        Running().ReadAsync(read, cancel);

    public Task<T> ReadFromDiskAsync<T>(Func<DbConnection, T> read, CancellationToken cancel) =>
        Running().ReadFromDiskAsync(read, cancel);

    public T Read<T>(Func<DbConnection, T> read) => Running().Read(read);

    public Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel = default) =>
        Running().WriteAsync(write, cancel);

    public void Dispose() => (store as IDisposable)?.Dispose();

    private IConsoleStore Running() =>
        _stopped ? throw new StoreException(new(Damaged: false, "The console was killed.")) : store;
}
