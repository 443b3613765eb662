using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>The SQL of SQLite that differs between databases.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    /// <summary>Finds triggers in the file that are not the console's own.</summary>
    private const string ForeignTriggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'audit_is_not_%'";

    /// <summary>Valid for tables without a whole-number key: a new row gets one more than the greatest.</summary>
    public string InsertionOrder => "rowid";

    /// <summary>LIKE of SQLite ignores the case of ASCII letters, and has no escape character by default.</summary>
    public string Like(string column, string parameter) => $"{column} LIKE {parameter} ESCAPE '\\'";

    public bool HasTable(DbConnection connection, string table, DbTransaction? transaction = null) =>
        Schema.HasTable(connection, table, transaction);

    public bool IsConstraintViolation(DbException error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT };

    /// <summary>
    /// Explains a lost write: SQLite reports success for a row that a trigger ignores or that a constraint with <c>ON CONFLICT IGNORE</c>
    /// drops.
    /// </summary>
    public StoreFailure LostWrite(string location, string table) => new(
        false,
        $"{location} did not keep a write to its table {table}. A trigger that does not belong to the console may be the cause: find it "
        + $"with sqlite3 {location} \"{ForeignTriggers}\" and remove it, then try again.");
}
