using System.Data.Common;

namespace Dashboard.Storage;

/// <summary>
/// The console's own store: accounts, sessions, runs and the audit log. It is all that the rest of the program sees of a database.
/// </summary>
/// <remarks>
/// Callers write the SQL, by Dapper, in words that PostgreSQL documents too; what is not the same everywhere comes from <see
/// cref="Dialect"/>.
/// A call leaves with <see cref="StoreException"/> when the store cannot be used, with <see cref="OperationCanceledException"/> when it was
/// called off.
/// A constraint of a table leaves as it is (<see cref="ISqlDialect.IsConstraintViolation"/>): it says something of the row, and nothing of
/// the store.
/// </remarks>
internal interface IConsoleStore
{
    ISqlDialect Dialect { get; }

    /// <summary>Where it is, for a person: of a file, its absolute path.</summary>
    string Location { get; }

    /// <summary>What it takes on its disk.</summary>
    long Bytes { get; }

    /// <summary>
    /// Why it could not be used the last time; null while it can. Damage stays until the console is started with a good store.
    /// </summary>
    StoreFailure? Trouble { get; }

    /// <summary>Reads, beside whoever writes. Called off, a statement under way ends.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancel = default);

    /// <summary>
    /// As <see cref="ReadAsync{T}"/>, from the disk alone: damage done since the last look is met, and not hidden by what was read before
    /// it.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    Task<T> ReadAfreshAsync<T>(Func<DbConnection, T> read, CancellationToken cancel);

    /// <summary>
    /// As <see cref="ReadAsync{T}"/> on the caller's thread: for a look at one row, which takes less than changing threads.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be used, or was not opened yet by anybody else.</exception>
    T Read<T>(Func<DbConnection, T> read);

    /// <summary>Runs <paramref name="write"/> in one transaction; an exception undoes all of it.</summary>
    /// <remarks>
    /// From its beginning to its end nobody else writes, on this console or another: what the transaction reads, the head of the audit log
    /// for one, still holds when it commits.
    /// What <paramref name="write"/> noted as changed is raised after the commit.
    /// </remarks>
    /// <exception cref="StoreException">The store cannot be used, or did not keep what was written; nothing was changed.</exception>
    Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel = default);
}
