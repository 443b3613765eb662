using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Dashboard.Changes;

/// <summary>What a transaction changes. The store raises it after the commit; nobody is told of a transaction that was undone.</summary>
/// <remarks>
/// The statement that changes a row notes it, so no caller can forget it, raise it too early, or miss it where a commit came late.
/// A statement that finds no row to change may be noted as well: readers then read once in vain.
/// The table is static because the statements are: each entry belongs to one transaction and goes with it.
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
