namespace Dashboard.Actions.Sampling;

public class KeyPrefixTests
{
    [Theory]
    [InlineData("views/")]
    [InlineData("a*b:[?]^\\")]
    [InlineData("é漢字:")]
    [InlineData("😀:")]
    [InlineData("two words:")]
    public void VisiblePrefix_IsAccepted(string typed)
    {
        Assert.Null(KeyPrefix.Refuse(typed));
    }

    [Theory]
    [InlineData("", "Type how the keys begin")]
    [InlineData("  ", "Type how the keys begin")]
    [InlineData("\u00a0", "Type how the keys begin")]
    [InlineData(" views/", "begins or ends with a space")]
    [InlineData("views ", "begins or ends with a space")]
    [InlineData("vi\u00a0ews", "invisible character")]
    [InlineData("vi\u200bews", "invisible character")]
    [InlineData("vi\u202eews", "invisible character")]
    [InlineData("vi\0ews", "invisible character")]
    [InlineData("vi\new", "invisible character")]
    [InlineData("vi\u2800ew", "invisible character")]
    [InlineData("vi\u001b[0mew", "invisible character")]
    public void BlankOrInvisibleText_IsRefused(string typed, string why)
    {
        Assert.Contains(why, KeyPrefix.Refuse(typed), StringComparison.Ordinal);
    }

    [Fact]
    public void UnpairedSurrogates_AreRefused()
    {
        Assert.NotNull(KeyPrefix.Refuse("a\ud83d"));
        Assert.NotNull(KeyPrefix.Refuse("\ud83da"));
        Assert.NotNull(KeyPrefix.Refuse("\ude00"));
    }

    [Fact]
    public void TwoHundredCharacters_AreTheLimit()
    {
        Assert.Null(KeyPrefix.Refuse(new string('a', 200)));
        Assert.Equal(
            "The prefix is longer than 200 characters. Shorten it: the first few distinguish the keys.",
            KeyPrefix.Refuse(new string('a', 201)));
    }
}
