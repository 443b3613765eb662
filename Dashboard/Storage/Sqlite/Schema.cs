using System.Data.Common;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// Upgrades a database file to what this version needs: numbered scripts make tables, then a further step adds the columns of new metrics.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// Runs the embedded scripts under <paramref name="folder"/> that the file has not had yet: all of them, or none. Another program that
    /// starts at the same time waits.
    /// </summary>
    /// <param name="columns">Replaces <c>$metrics$</c> in a script: adding 180 columns one by one takes most of a second.</param>
    /// <exception cref="SqliteException">A script failed; the file is unchanged.</exception>
    public static void Upgrade(SqliteConnection connection, string folder, IEnumerable<(string Name, string Type)> columns)
    {
        // A statement, because the commands that run the scripts do not know a transaction object.
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            Run(connection, folder, columns);
            connection.Execute("COMMIT");
        }
        catch
        {
            // Some errors, such as a full disk, end the transaction in SQLite itself; a second ROLLBACK would hide them behind its own.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                connection.Execute("ROLLBACK");
            }

            throw;
        }
    }

    public static bool HasTable(DbConnection connection, string table, DbTransaction? transaction = null) =>
        connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @table)", new { table }, transaction);

    /// <summary>Adds the columns that a table lacks. Further columns, written by a newer version, stay.</summary>
    /// <param name="columns">The name and the declared type of each column.</param>
    public static void AddColumns(SqliteConnection connection, string table, IEnumerable<(string Name, string Type)> columns)
    {
        var known = connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).ToHashSet(StringComparer.Ordinal);
        using var transaction = connection.BeginTransaction(deferred: true);
        foreach (var (name, type) in columns.Where(column => !known.Contains(column.Name)))
        {
            connection.Execute($"ALTER TABLE {table} ADD COLUMN \"{name}\" {type}", transaction: transaction);
        }

        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string folder, IEnumerable<(string Name, string Type)> columns)
    {
        using var shared = new SharedConnection(connection);
        var result = DeployChanges.To.SqliteDatabase(shared)
            .WithScriptsEmbeddedInAssembly(
                Assembly.GetExecutingAssembly(), name => name.StartsWith($"Dashboard.Store.{folder}.", StringComparison.Ordinal))
            .WithVariable("metrics", string.Join(", ", columns.Select(column => $"\"{column.Name}\" {column.Type}")))
            .WithoutTransaction()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw result.Error;
        }
    }
}
