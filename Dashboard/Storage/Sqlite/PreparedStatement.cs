using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// A prepared statement with parameters bound by position. It serves the wide rows of history: binding 200 columns by name takes ten times
/// as long as the insert itself.
/// </summary>
/// <remarks>Errors are thrown as <see cref="SqliteException"/>. It is not thread-safe.</remarks>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Binds one value. Parameters count from 1, and keep their value until bound again.</summary>
    public PreparedStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Binds a number; null and values that are not finite are written as NULL.</summary>
    public PreparedStatement Bind(int parameter, double? value)
    {
        Check(value is { } number && double.IsFinite(number)
            ? raw.sqlite3_bind_double(_statement, parameter, number)
            : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public PreparedStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    public PreparedStatement Bind(int parameter, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, parameter) : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Moves to the next row. Returns false after the last one; the statement is then ready to run again.</summary>
    public bool Next()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        return false;
    }

    /// <summary>Runs the statement to its end.</summary>
    /// <returns>The number of changed rows.</returns>
    public int Run()
    {
        while (Next())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Discards the rows not yet read.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>Whether the value is NULL. Columns count from 0.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <returns>The number; null for NULL.</returns>
    public double? Number(int column)
    {
        // NULL reads as 0, so only 0 needs a second call.
        var value = raw.sqlite3_column_double(_statement, column);
        return value != 0 || !IsNull(column) ? value : null;
    }

    /// <returns>The number; 0 for NULL.</returns>
    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <returns>The text; empty for NULL.</returns>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <returns>The bytes; empty for NULL. Valid until the next row.</returns>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
