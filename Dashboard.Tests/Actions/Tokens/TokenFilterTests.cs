namespace Dashboard.Actions.Tokens;

/// <summary>Which tokens are meant by what a person typed.</summary>
public class TokenFilterTests
{
    [Fact]
    public void Read_OfEverything_SaysItInWords_WithoutTheDigest()
    {
        var filter = TokenFilter.Read(" 42 ", new string('A', 64), "2026-11-30 12:00", "2026-11-01", withoutTtl: true, out var fault);

        Assert.Equal("", fault);
        Assert.Equal(
            "of user 42, with fingerprint aaaaaaaaaaaa, created before 2026-11-30 12:00:00 UTC, created from 2026-11-01 00:00:00 UTC on, "
                + "without TTL", filter.Text);
    }

    [Theory]
    [InlineData(null, null, null, "Say which tokens")]
    [InlineData(null, "abc", null, "A fingerprint has 12")]
    [InlineData(null, "not-hexadecimal!", null, "A fingerprint has 12")]
    [InlineData("42", null, "yesterday", "“Created before” is not a time")]
    public void Read_OfWhatCannotBeMeant_SaysWhatToWrite(string? user, string? digest, string? before, string sentence)
    {
        TokenFilter.Read(user, digest, before, null, false, out var fault);

        Assert.Contains(sentence, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("018f:1,2", true)]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", true)]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301:0,5,5", true)]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301:-1", false)]
    [InlineData("user:42", false)]
    public void Scope_IsASearch_AndRowsOfIt(string text, bool isScope)
    {
        var scope = TokenScope.Parse(text);

        Assert.Equal(isScope && !text.StartsWith("018f", StringComparison.Ordinal), scope is not null);
    }
}
