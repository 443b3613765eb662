using Dapper;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>SQLite reports success for a write that something in the file ignores; the number of rows reveals it.</summary>
public sealed class CountedWritesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteConnection _connection;

    public CountedWritesTests()
    {
        _connection = new SqliteFile(_folder.File("things.db")).OpenToWrite();
        _connection.Execute(
            "CREATE TABLE things (name TEXT UNIQUE ON CONFLICT IGNORE, state TEXT); CREATE TABLE others (name TEXT); INSERT INTO things "
                + "VALUES ('one', 'new'), ('two', 'new')");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("INSERT INTO things (name) VALUES ('three')", null)]
    [InlineData(
        "INSERT INTO things (name) VALUES ('three')", "CREATE TRIGGER ignores BEFORE INSERT ON things BEGIN SELECT RAISE(IGNORE); END")]
    [InlineData(
        "INSERT INTO things (name) VALUES ('three')",
        "CREATE TRIGGER ignores BEFORE INSERT ON things BEGIN INSERT INTO others VALUES ('a row'); SELECT RAISE(IGNORE); END")]
    [InlineData("INSERT INTO things (name) VALUES ('one')", "")] // the table's own constraint ignores it
    [InlineData("UPDATE things SET state = 'old' WHERE name = 'one'", null)]
    [InlineData(
        "UPDATE things SET state = 'old' WHERE name = 'one'",
        "CREATE TRIGGER ignores BEFORE UPDATE ON things BEGIN SELECT RAISE(IGNORE); END")]
    [InlineData("UPDATE things SET state = 'old' WHERE name = 'none'", "")]
    [InlineData("UPDATE things SET state = 'old' WHERE state = 'new'", "")] // two rows
    [InlineData("DELETE FROM things WHERE name = 'one'", null)]
    [InlineData("DELETE FROM things WHERE name = 'one'", "CREATE TRIGGER ignores BEFORE DELETE ON things BEGIN SELECT RAISE(IGNORE); END")]
    public void ExecuteOne_ChangesOneRow_OrThrows(string sql, string? beside)
    {
        _connection.Execute(beside is null or "" ? "SELECT 1" : beside);
        using var transaction = _connection.BeginTransaction();

        var thrown = Record.Exception(() => transaction.ExecuteOne(sql, new { }));

        Assert.Equal(beside is null ? null : typeof(LostWriteException), thrown?.GetType());
    }

    [Theory]
    [InlineData("new", null, 2)]
    [InlineData("old", null, 0)]
    [InlineData("new", "CREATE TRIGGER ignores BEFORE DELETE ON things BEGIN SELECT RAISE(IGNORE); END", null)]
    [InlineData("new", "CREATE TRIGGER ignores BEFORE DELETE ON things WHEN OLD.name = 'two' BEGIN SELECT RAISE(IGNORE); END", null)]
    [InlineData("old", "CREATE TRIGGER ignores BEFORE DELETE ON things BEGIN SELECT RAISE(IGNORE); END", 0)]
    public void ExecuteCounted_ChangesAllCountedRows_OrThrows(string state, string? beside, int? changed)
    {
        _connection.Execute(beside is null or "" ? "SELECT 1" : beside);
        using var transaction = _connection.BeginTransaction();
        int Delete() =>
            transaction.ExecuteCounted(
                "SELECT count(*) FROM things WHERE state = @state", "DELETE FROM things WHERE state = @state", new { state });

        if (changed is { } rows)
        {
            Assert.Equal(rows, Delete());
        }
        else
        {
            Assert.Throws<LostWriteException>(() => Delete());
        }
    }

    [Theory]
    [InlineData("INSERT INTO things (name) VALUES ('one')")]
    [InlineData("UPDATE things SET state = 'old' WHERE name = 'none'")]
    [InlineData("DELETE FROM things WHERE name = 'none'")]
    public void Message_NamesTheFileTheTableAndTheRemedy(string sql)
    {
        using var transaction = _connection.BeginTransaction();

        var lost = Assert.Throws<LostWriteException>(() => transaction.ExecuteOne(sql, new { }));
        var failure = new SqliteDialect().LostWrite(_folder.File("things.db"), lost.Table);

        Assert.False(failure.Damaged);
        Assert.Equal(
            $"{_folder.File("things.db")} did not keep a write to its table things. A trigger that does not belong to the console may be "
                + $"the cause: find it with sqlite3 {_folder.File("things.db")} \"SELECT name, sql FROM sqlite_master WHERE type = "
                + "'trigger' AND name NOT LIKE 'audit_is_not_%'\" and remove it, then try again.",
            failure.Why);
    }
}
