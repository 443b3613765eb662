using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// A prepared statement bound by position. For the wide rows of history: binding 200 columns by name costs ten times the insert itself.
/// </summary>
/// <remarks>Errors leave as <see cref="SqliteException"/>. Not safe for two threads.</remarks>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Binds one value; parameters count from 1, and keep their value until bound again.</summary>
    public PreparedStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Null, and what is not finite, is written as NULL.</summary>
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

    /// <summary>Goes to the next row; false, and ready to run again, after the last one.</summary>
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

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        while (Next())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Lets go of the rows not yet read.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>Columns count from 0.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <returns>NULL as null.</returns>
    public double? Number(int column)
    {
        // NULL reads as 0: only then is it worth a second question.
        var value = raw.sqlite3_column_double(_statement, column);
        return value != 0 || !IsNull(column) ? value : null;
    }

    /// <returns>NULL as 0.</returns>
    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <returns>NULL as the empty string.</returns>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <returns>NULL as empty. Valid until the next row.</returns>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
