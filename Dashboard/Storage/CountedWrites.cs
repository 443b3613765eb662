using System.Data.Common;
using Dapper;

namespace Dashboard.Storage;

/// <summary>
/// Writes that must change a known number of rows. Changing fewer or more is a failure that undoes the caller's transaction.
/// </summary>
/// <remarks>
/// A database reports success for a row that a trigger drops: in SQLite one that ends with <c>RAISE(IGNORE)</c>, in PostgreSQL one that
/// returns NULL. Without the count, the console would report something as done and recorded when it was not.
/// </remarks>
internal static class CountedWrites
{
    /// <summary>Executes a statement that must change exactly one row.</summary>
    /// <param name="transaction">One of <see cref="IConsoleStore.WriteAsync{T}"/>.</param>
    /// <param name="sql">One <c>INSERT INTO</c>, <c>UPDATE</c> or <c>DELETE FROM</c>.</param>
    /// <exception cref="LostWriteException">It changed no row, or several.</exception>
    public static void ExecuteOne(this DbTransaction transaction, string sql, object parameters) =>
        Execute(transaction, sql, parameters, 1);

    /// <summary>Executes a statement that must change exactly the rows that a query counts before it.</summary>
    /// <param name="transaction">One of <see cref="IConsoleStore.WriteAsync{T}"/>: no other client writes between the two.</param>
    /// <param name="count">The query that counts the rows to be changed, with the same parameters.</param>
    /// <param name="sql">One <c>UPDATE</c> or <c>DELETE FROM</c>; not executed where the count is 0.</param>
    /// <returns>The count.</returns>
    /// <exception cref="LostWriteException">It changed another number of rows.</exception>
    public static int ExecuteCounted(this DbTransaction transaction, string count, string sql, object parameters)
    {
        var rows = transaction.Connection!.QuerySingle<int>(count, parameters, transaction);
        if (rows > 0)
        {
            Execute(transaction, sql, parameters, rows);
        }

        return rows;
    }

    private static void Execute(DbTransaction transaction, string sql, object parameters, int rows)
    {
        if (transaction.Connection!.Execute(sql, parameters, transaction) != rows)
        {
            throw new LostWriteException(TableOf(sql));
        }
    }

    /// <summary>Returns the second word of an update, the third of an insert or a delete.</summary>
    private static string TableOf(string sql)
    {
        var words = sql.Split(' ', 4);
        return words[0] == "UPDATE" ? words[1] : words[2];
    }
}
