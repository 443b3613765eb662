using Dashboard.Configuration;

namespace Dashboard.Actions.Tokens;

/// <summary>The kinds of tokens as the settings declare them; all faults are said at once.</summary>
public class TokenSettingsTests
{
    [Fact]
    public void Default_IsTheGuides()
    {
        var kind = Assert.Single(TokenSettings.Default.Kinds);

        Assert.Equal(("access", "token:<token>", TimeSpan.FromDays(1)), (kind.Name, kind.Pattern.Written, kind.Ttl));
        Assert.Equal(("/user_id", "/created_at"), (kind.UserPath, kind.CreatedPath));
        Assert.Equal("token:*", Assert.Single(TokenSettings.Default.KeyPatterns.OfTokens).Pattern);
    }

    [Fact]
    public void Kinds_AreRead_AndAKeyBelongsToTheMostSpecific()
    {
        var (settings, errors) = Read(
            ("b", new() { Pattern = "refresh:<user>:<token>", KeyHolds = "sha256", Index = "user_tokens:<user>", Ttl = "30d" }),
            ("a", new() { Pattern = "refresh:<token>", Value = "opaque", Ttl = "" }));

        Assert.Empty(errors);
        Assert.Equal(["b", "a"], settings.Kinds.Select(kind => kind.Name));
        Assert.Equal(("b", "a"), (settings.KindOf("refresh:42:abc"u8)!.Name, settings.KindOf("refresh:abc"u8)!.Name));
        Assert.Null(settings.KindOf("other:42"u8));
        Assert.Equal((TimeSpan.FromDays(30), null), (settings.Kinds[0].Ttl, settings.Kinds[1].Ttl));
        Assert.Equal(
            [("user_tokens:*", "user_tokens:x")],
            settings.KeyPatterns.OfIndexes.Select(keys => (keys.Pattern, keys.Example)));
    }

    [Fact]
    public void EveryFault_IsSaidAtOnce_WithWhatToWrite()
    {
        var (_, errors) = Read(
            ("one", new() { Pattern = "x", KeyHolds = "plain", Value = "xml", UserPath = "user.id", Ttl = "1s", Index = "all" }),
            ("two", new() { Pattern = "remember:<user>" }),
            ("three", new() { Pattern = "token:<token>", KeyHolds = "user" }),
            ("with space", new()));

        Assert.Contains(errors, error => error.StartsWith("Dashboard:Tokens:Kinds:one:Pattern: has neither", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("'plain' is not known. Write one of: raw, sha256, md5", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("'xml' is not known", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("'user.id' is not a JSON Pointer", StringComparison.Ordinal));
        Assert.Contains(
            errors, error => error.StartsWith("Dashboard:Tokens:Kinds:one:Ttl: '1s' is not a duration", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("Dashboard:Tokens:Kinds:one:Index:", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("two:Pattern: 'remember:<user>' has no <token>", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("Dashboard:Tokens:Kinds:three:KeyHolds: is user", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("Dashboard:Tokens:Kinds:with space: is not a name", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoKindsOfOnePattern_AndTooMany_AreRefused()
    {
        var (_, errors) = Read([.. Enumerable.Range(0, 11).Select(number => ($"k{number}", new TokenKindOptions()))]);

        Assert.Contains(errors, error => error.Contains("names 11 kinds, and may name 10", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("is the pattern of k0 as well", StringComparison.Ordinal));
    }

    private static (TokenSettings Settings, IReadOnlyList<string> Errors) Read(params (string Name, TokenKindOptions Kind)[] kinds)
    {
        var (options, errors) = (new DashboardOptions(), new SettingErrors());
        options.Tokens.Kinds = kinds.ToDictionary(kind => kind.Name, kind => kind.Kind);
        return (TokenSettings.Read(options, errors), errors.Sentences);
    }
}
