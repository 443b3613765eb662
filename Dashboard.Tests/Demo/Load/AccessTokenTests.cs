using System.Text.Json;

namespace Dashboard.Demo.Load;

/// <summary>Tokens in the format that the application gives them.</summary>
public sealed class AccessTokenTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

    [Fact]
    public void New_Key_IsTheSecretItself() => Assert.Matches("^token:[A-Za-z0-9_-]{43}$", AccessToken.New(7, Created).Key);

    [Fact]
    public void New_Twice_DiffersEachTime() => Assert.NotEqual(AccessToken.New(7, Created).Key, AccessToken.New(7, Created).Key);

    [Fact]
    public void New_Value_IsJsonWithUserAndInstant()
    {
        var value = JsonDocument.Parse(AccessToken.New(7, Created).Value).RootElement;

        Assert.Equal(7, value.GetProperty("user_id").GetInt32());
        Assert.Equal("2026-01-02T01:04:05.678Z", value.GetProperty("created_at").GetString());
    }
}
