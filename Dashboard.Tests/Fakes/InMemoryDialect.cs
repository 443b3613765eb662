using System.Data.Common;
using Dapper;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Fakes;

/// <summary>
/// A dialect that differs from the shipped one wherever dialects may differ. On its connections, LIKE is case-sensitive, as in PostgreSQL.
/// </summary>
internal sealed class InMemoryDialect : ISqlDialect
{
    public string InsertionOrder => "(_rowid_ + 1)";

    public string Like(string column, string parameter) => $"(lower({column}) LIKE lower({parameter}) ESCAPE '\\')";

    public bool HasTable(DbConnection connection, string table, DbTransaction? transaction = null) =>
        connection.Query<string>("SELECT name FROM pragma_table_list WHERE schema = 'main'", transaction: transaction).Contains(table);

    public bool IsConstraintViolation(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: var code } && (code & 0xFF) == 19;

    public StoreFailure LostWrite(string location, string table) => new(false, $"The table {table} in {location} is a row short.");
}
