using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Sqlite;

public sealed class SqliteFailureTests
{
    [Theory]
    [InlineData(5, "locked")]
    [InlineData(6, "locked")]
    [InlineData(13, "full")]
    [InlineData(8, "own it")]
    [InlineData(14, "own it")]
    [InlineData(1, "cannot be used: SQLite Error 1")]
    public void TemporaryFailure_SaysWhatToDo(int code, string expected)
    {
        var failure = SqliteFailure.Of(new SqliteException($"SQLite Error {code}", code), "/data/history.db");

        Assert.False(failure!.Damaged);
        Assert.Contains(expected, failure.Why);
        Assert.Contains("/data/history.db", failure.Why);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(26)]
    public void BrokenContent_IsDamage(int code)
    {
        Assert.True(SqliteFailure.Of(new SqliteException("broken", code), "/data/history.db")!.Damaged);
    }

    [Fact]
    public void ErrorOfAnotherKind_IsNoFailure()
    {
        Assert.Null(SqliteFailure.Of(new InvalidOperationException("a bug"), "/data/history.db"));
    }
}
