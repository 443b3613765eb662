using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Writes that have to change a known number of rows. Changing fewer or more is a failure, and the caller's transaction is undone by it.</summary>
/// <remarks>
/// SQLite reports success for a row that a trigger ignores (<c>RAISE(IGNORE)</c>) or that a constraint with <c>ON CONFLICT IGNORE</c> drops.
/// Without the count, the console would say that something was done and written down when it was not.
/// </remarks>
internal static class CountedWrites
{
    /// <summary>Triggers of the file that are not the console's own.</summary>
    private const string Strange = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'audit_is_not_%'";

    /// <summary>Executes a statement that has to change exactly one row.</summary>
    /// <param name="transaction">One that has locked the file from its beginning.</param>
    /// <param name="sql">One <c>INSERT INTO</c>, <c>UPDATE</c> or <c>DELETE FROM</c>.</param>
    /// <exception cref="StoreException">It changed no row, or several.</exception>
    public static void ExecuteOne(this SqliteTransaction transaction, string sql, object parameters) => Execute(transaction, sql, parameters, 1);

    /// <summary>Executes a statement that has to change exactly the rows that a query counts before it.</summary>
    /// <param name="transaction">One that has locked the file from its beginning: nobody changes anything between the two.</param>
    /// <param name="count">Counts the rows that are to be changed, with the same parameters.</param>
    /// <param name="sql">One <c>UPDATE</c> or <c>DELETE FROM</c>; not executed where the count is 0.</param>
    /// <returns>The count.</returns>
    /// <exception cref="StoreException">It changed another number of rows.</exception>
    public static int ExecuteCounted(this SqliteTransaction transaction, string count, string sql, object parameters)
    {
        var rows = transaction.Connection!.QuerySingle<int>(count, parameters, transaction);
        if (rows > 0)
        {
            Execute(transaction, sql, parameters, rows);
        }

        return rows;
    }

    /// <summary>What to throw where something that was written is not there.</summary>
    public static StoreException NotKept(SqliteTransaction transaction, string table)
    {
        var path = transaction.Connection!.DataSource;
        return new(new(
            false,
            $"{path} did not keep what was written to its table {table}. A trigger that is not the console's may be the cause: "
            + $"find it with sqlite3 {path} \"{Strange}\" and remove it, then try again."));
    }

    private static void Execute(SqliteTransaction transaction, string sql, object parameters, int rows)
    {
        if (transaction.Connection!.Execute(sql, parameters, transaction) != rows)
        {
            throw NotKept(transaction, TableOf(sql));
        }
    }

    /// <summary>The second word of an update, the third of an insert or a delete.</summary>
    private static string TableOf(string sql)
    {
        var words = sql.Split(' ', 4);
        return words[0] == "UPDATE" ? words[1] : words[2];
    }
}
