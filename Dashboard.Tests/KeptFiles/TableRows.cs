using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.KeptFiles;

/// <summary>What a database file holds, as text that can be compared. It uses no type of the program.</summary>
internal sealed class TableRows : IDisposable
{
    private readonly SqliteConnection _connection;

    public TableRows(string path)
    {
        _connection = new($"Data Source={path};Mode=ReadOnly;Pooling=false");
        _connection.Open();
    }

    /// <summary>The program's tables, and the journal of the scripts that made them.</summary>
    public IReadOnlyList<string> Tables =>
        [.. _connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")];

    /// <summary>The journal of the scripts, in the order in which they ran: <c>… at 2026-11-29 15:32:58.69</c>.</summary>
    public IReadOnlyList<string> Scripts =>
        [.. _connection.Query<string>("SELECT ScriptName || ' at ' || Applied FROM SchemaVersions ORDER BY SchemaVersionID")];

    /// <summary>What SQLite finds wrong with the file; <c>ok</c> for nothing.</summary>
    public string Integrity => string.Join('\n', _connection.Query<string>("PRAGMA integrity_check"));

    public IReadOnlyList<string> Columns(string table) =>
        [.. _connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table })];

    public long Count(string table) => _connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}");

    /// <summary>Whether there is such a column, and a row that has a value in it.</summary>
    public bool HasValue(string table, string column) => Columns(table).Contains(column)
        && _connection.ExecuteScalar<bool>($"SELECT EXISTS (SELECT 1 FROM {table} WHERE \"{column}\" <> '')");

    /// <summary>Each row as <c>column=value column=value</c>, sorted.</summary>
    public IReadOnlyList<string> Rows(string table, IReadOnlyList<string> columns)
    {
        using var reader = _connection.ExecuteReader($"SELECT {string.Join(", ", columns.Select(column => $"\"{column}\""))} FROM {table}");
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(' ', columns.Select((column, place) => $"{column}={Text(reader.GetValue(place))}")));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _connection.Dispose();

    private static string Text(object value) => value switch
    {
        DBNull => "NULL",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
