using Microsoft.Data.Sqlite;

namespace Dashboard.Store;

public sealed class StoreTroubleTests
{
    [Theory]
    [InlineData(5, "locked")]
    [InlineData(6, "locked")]
    [InlineData(13, "full")]
    [InlineData(8, "own it")]
    [InlineData(14, "own it")]
    [InlineData(1, "cannot be used: SQLite Error 1")]
    public void Trouble_ThatMayPass_SaysWhatToDo(int code, string words)
    {
        var trouble = StoreTrouble.Of(new SqliteException($"SQLite Error {code}", code), "/data/history.db");

        Assert.False(trouble!.Damaged);
        Assert.Contains(words, trouble.Why);
        Assert.Contains("/data/history.db", trouble.Why);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(26)]
    public void BrokenContent_IsDamage(int code)
    {
        Assert.True(StoreTrouble.Of(new SqliteException("broken", code), "/data/history.db")!.Damaged);
    }

    [Fact]
    public void ErrorOfAnotherKind_IsNone()
    {
        Assert.Null(StoreTrouble.Of(new InvalidOperationException("a bug"), "/data/history.db"));
    }
}
