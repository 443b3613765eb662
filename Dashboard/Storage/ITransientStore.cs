using System.Data.Common;

namespace Dashboard.Storage;

/// <summary>
/// What consoles that share a store tell each other for seconds. Nothing here is worth a wait for the disk: its loss harms nothing.
/// </summary>
internal interface ITransientStore
{
    /// <summary>Runs <paramref name="write"/> in one transaction; an exception undoes all of it.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel);
}
