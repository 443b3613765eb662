using Dapper;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

public sealed class SchemaTests : IDisposable
{
    private static readonly (string, string)[] Columns = [("a.delta", "REAL"), ("b.last", "REAL")];
    private readonly TestFolder _folder = new();
    private readonly SqliteConnection _connection;

    public SchemaTests() => _connection = new SqliteFile(_folder.File("history.db")).OpenToWrite();

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Scripts_RunOnce()
    {
        Schema.Upgrade(_connection, "HistoryTables", Columns);
        _connection.Execute("INSERT INTO instances (id) VALUES ('cache')");
        Schema.Upgrade(_connection, "HistoryTables", Columns);

        Assert.Equal(1, _connection.QuerySingle<int>("SELECT count(*) FROM instances"));
        Assert.Equal(1, _connection.QuerySingle<int>("SELECT count(*) FROM SchemaVersions"));
        Assert.Equal(["instance", "at", "epoch", "marks", "covered", "held", "a.delta", "b.last"], ColumnsOf("readings_10s"));
    }

    [Fact]
    public void MissingColumns_AreAdded_OthersStay()
    {
        Schema.Upgrade(_connection, "HistoryTables", Columns);

        Schema.AddColumns(_connection, "readings_1m", [("a.delta", "REAL"), ("c.max", "REAL")]);
        Schema.AddColumns(_connection, "readings_1m", [("c.max", "REAL")]);

        Assert.Equal(["a.delta", "b.last", "c.max"], ColumnsOf("readings_1m").Skip(6));
    }

    [Fact]
    public void ScriptThatFails_LeavesTheFileAsItWas()
    {
        Assert.Throws<SqliteException>(() => Schema.Upgrade(_connection, "HistoryTables", [("a.delta", "REAL"), ("a.delta", "REAL")]));

        Assert.Equal(0, _connection.QuerySingle<int>("SELECT count(*) FROM sqlite_master"));
        Schema.Upgrade(_connection, "HistoryTables", Columns);
        Assert.NotEmpty(ColumnsOf("readings_10s"));
    }

    /// <summary>A full disk does the same: SQLite has undone the transaction already.</summary>
    [Fact]
    public void ErrorThatEndsTheTransaction_IsReportedAsItIs()
    {
        Schema.Upgrade(_connection, "HistoryTables", Columns);
        _connection.Execute("DELETE FROM SchemaVersions");
        _connection.Execute("CREATE TRIGGER full BEFORE INSERT ON SchemaVersions BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END");
        foreach (var table in _connection.Query<string>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('SchemaVersions', 'sqlite_sequence')").AsList())
        {
            _connection.Execute($"DROP TABLE \"{table}\"");
        }

        var error = Assert.ThrowsAny<Exception>(() => Schema.Upgrade(_connection, "HistoryTables", Columns));

        Assert.Contains("the disk is full", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTierHasItsTable()
    {
        Schema.Upgrade(_connection, "HistoryTables", Columns);

        Assert.All(History.Tier.All, tier => Assert.NotEmpty(ColumnsOf(tier.Table)));
    }

    private List<string> ColumnsOf(string table) =>
        [.. _connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table })];
}
