using System.Data.Common;

namespace Dashboard.Storage;

/// <summary>
/// The console's own store: accounts, sessions, runs and the audit log. The rest of the program sees a database only through it.
/// </summary>
/// <remarks>
/// Callers write the SQL, through Dapper, in words that PostgreSQL documents too; what differs between databases comes from
/// <see cref="Dialect"/>. A call throws <see cref="StoreException"/> when the store cannot be used, and
/// <see cref="OperationCanceledException"/> when it was cancelled. The violation of a table's constraint is thrown as it is
/// (<see cref="ISqlDialect.IsConstraintViolation"/>), because its cause is the row and not the store.
/// </remarks>
internal interface IConsoleStore
{
    ISqlDialect Dialect { get; }

    /// <summary>The location, for a person: of a file, its absolute path.</summary>
    string Location { get; }

    /// <summary>The size on its disk.</summary>
    long Bytes { get; }

    /// <summary>
    /// Why the store could not be used the last time; null while it can. Damage stays until the console is started with an intact store.
    /// </summary>
    StoreFailure? Failure { get; }

    /// <summary>Reads, also while another client writes. Cancelling ends a statement in progress.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancel = default);

    /// <summary>
    /// Reads as <see cref="ReadAsync{T}"/> does, but only from the disk: damage done since the last read is found, and not hidden by cached
    /// pages.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    Task<T> ReadFromDiskAsync<T>(Func<DbConnection, T> read, CancellationToken cancel);

    /// <summary>
    /// Reads as <see cref="ReadAsync{T}"/> does, but on the caller's thread: reading one row takes less time than changing threads.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be used, or no other call has opened it yet.</exception>
    T Read<T>(Func<DbConnection, T> read);

    /// <summary>Runs <paramref name="write"/> in one transaction; an exception undoes all of it.</summary>
    /// <remarks>
    /// From beginning to end no other client writes, in this console or another, so what the transaction reads, such as the head of the
    /// audit log, still holds when it commits. The changes that <paramref name="write"/> noted are raised after the commit.
    /// </remarks>
    /// <exception cref="StoreException">The store cannot be used, or did not keep what was written; nothing was changed.</exception>
    Task<T> WriteAsync<T>(Func<DbTransaction, T> write, CancellationToken cancel = default);
}
