using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Dashboard.Changes;

/// <summary>The changes of a transaction. The store raises them after the commit, and not when the transaction is undone.</summary>
/// <remarks>
/// The statement that changes a row notes it, so no caller can forget it, raise it too early, or miss it where a commit came late. A
/// statement that finds no row to change may be noted as well: readers then read once for nothing. The table is static because the
/// statements are: each entry belongs to one transaction and is removed with it.
/// </remarks>
internal static class NotedChanges
{
    private static readonly ConditionalWeakTable<DbTransaction, HashSet<Change>> All = [];

    /// <summary>Notes a change; noting the same one again adds nothing.</summary>
    /// <returns>The transaction, for the statement that makes the change.</returns>
    public static T Noting<T>(this T transaction, Change change)
        where T : DbTransaction
    {
        All.GetOrCreateValue(transaction).Add(change);
        return transaction;
    }

    public static IReadOnlyCollection<Change> Of(DbTransaction transaction) => All.TryGetValue(transaction, out var changes) ? changes : [];
}
