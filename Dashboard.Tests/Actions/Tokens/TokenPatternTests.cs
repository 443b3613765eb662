using System.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>How keys are named, and which are taken for tokens.</summary>
public class TokenPatternTests
{
    [Theory]
    [InlineData("token:<token>", "token:abc", "", "abc")]
    [InlineData("refresh:<user>:<token>", "refresh:42:abc", "42", "abc")]
    [InlineData("refresh:<user>:<token>", "refresh:42:a:b", "42", "a:b")]
    [InlineData("<user>/sessions/<token>/v1", "u-7/sessions/abc/v1", "u-7", "abc")]
    [InlineData("remember:<user>", "remember:018f4d9e", "018f4d9e", "")]
    [InlineData("t*?[x]:<token>", "t*?[x]:{a}:b[c]*?", "", "{a}:b[c]*?")]
    public void Match_TakesTheKeyApart(string written, string key, string user, string token)
    {
        var pattern = Pattern(written);

        Assert.True(pattern.Match(Encoding.UTF8.GetBytes(key), out var foundUser, out var foundToken));
        Assert.Equal((user, token), (Encoding.UTF8.GetString(foundUser), Encoding.UTF8.GetString(foundToken)));
        Assert.Equal(key, Encoding.UTF8.GetString(pattern.Fill(foundUser, foundToken)));
    }

    [Theory]
    [InlineData("token:<token>", "token:")]
    [InlineData("token:<token>", "tokens:abc")]
    [InlineData("token:<token>", "xtoken:abc")]
    [InlineData("refresh:<user>:<token>", "refresh:42")]
    [InlineData("refresh:<user>:<token>", "refresh::abc")]
    [InlineData("refresh:<user>:<token>", "refresh:42:")]
    [InlineData("<user>/sessions/<token>/v1", "u/sessions/abc")]
    [InlineData("t*:<token>", "tx:abc")]
    public void Match_OfAnotherName_IsFalse(string written, string key) =>
        Assert.False(Pattern(written).Match(Encoding.UTF8.GetBytes(key), out _, out _));

    [Fact]
    public void Match_OfBytesThatAreNoText_KeepsThem()
    {
        byte[] key = [.. "token:"u8, 0xFF, 0xFE, 0x00, (byte)'a'];

        Assert.True(Pattern("token:<token>").Match(key, out _, out var token));
        Assert.Equal([0xFF, 0xFE, 0x00, (byte)'a'], token.ToArray());
    }

    [Theory]
    [InlineData("token:<token>", "token:*")]
    [InlineData("refresh:<user>:<token>", "refresh:*:*")]
    [InlineData(@"t*?[\:<token>", @"t\*\?\[\\:*")]
    public void Glob_EscapesWhatTheServerWouldInterpret(string written, string glob) => Assert.Equal(glob, Pattern(written).Glob);

    [Theory]
    [InlineData("token", "has neither")]
    [InlineData("t:<token>", "fewer than 3 literal")]
    [InlineData("token:<token><user>", "nothing between")]
    [InlineData("token:<token>:<token>", "twice")]
    [InlineData("token:<id>", "not known")]
    [InlineData("to ken:<token>", "a space")]
    [InlineData("tökens:<token>", "not ASCII")]
    public void Parse_OfWhatCannotBeUsed_SaysWhatToWrite(string written, string fault)
    {
        Assert.Null(TokenPattern.Parse(written, out var sentence));
        Assert.Contains(fault, sentence, StringComparison.Ordinal);
    }

    private static TokenPattern Pattern(string written)
    {
        var pattern = TokenPattern.Parse(written, out var fault);
        Assert.Equal("", fault);
        return pattern!;
    }
}
