using Dapper;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

public sealed class PreparedStatementTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteConnection _connection;

    public PreparedStatementTests()
    {
        _connection = new SqliteFile(_folder.File("any.db")).OpenToWrite();
        _connection.Execute("CREATE TABLE t (number REAL, text TEXT UNIQUE, bytes BLOB, whole INTEGER)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Values_AreReadAsBound()
    {
        using var insert = new PreparedStatement(_connection, "INSERT INTO t VALUES (?1, ?2, ?3, ?4)");
        Assert.Equal(1, insert.Bind(1, 0.1).Bind(2, "ü").Bind(3, [1, 2]).Bind(4, long.MaxValue).Run());

        using var select = new PreparedStatement(_connection, "SELECT * FROM t");
        Assert.True(select.Next());
        Assert.Equal((0.1, "ü", long.MaxValue), (select.Number(0), select.Text(1), select.Integer(3)));
        Assert.Equal([1, 2], select.Blob(2).ToArray());
        Assert.False(select.Next());
    }

    [Fact]
    public void NullAndNaN_AreNull()
    {
        using var insert = new PreparedStatement(_connection, "INSERT INTO t VALUES (?1, 'a', ?3, 1)");
        insert.Bind(1, double.NaN).Bind(3, (byte[]?)null).Run();

        using var select = new PreparedStatement(_connection, "SELECT * FROM t");
        select.Next();
        Assert.Null(select.Number(0));
        Assert.True(select.IsNull(2));
        Assert.True(select.Blob(2).IsEmpty);
    }

    [Fact]
    public void FailedStatement_CanBeRunAgain()
    {
        using var insert = new PreparedStatement(_connection, "INSERT INTO t (text) VALUES (?1)");
        insert.Bind(1, "same").Run();

        Assert.Equal(19, Assert.Throws<SqliteException>(() => insert.Run()).SqliteErrorCode);

        Assert.Equal(1, insert.Bind(1, "other").Run());
    }

    [Fact]
    public void WrongSql_ThrowsAtOnce()
    {
        Assert.Throws<SqliteException>(() => new PreparedStatement(_connection, "SELECT nothing FROM nowhere"));
    }
}
