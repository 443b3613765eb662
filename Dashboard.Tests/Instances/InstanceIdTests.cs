namespace Dashboard.Instances;

/// <summary>Names that are safe in settings, URLs, file names and tables.</summary>
public class InstanceIdTests
{
    [Theory]
    [InlineData("cache", true)]
    [InlineData("c", true)]
    [InlineData("cache-2", true)]
    [InlineData("a2345678901234567890123456789012", true)]
    [InlineData("a23456789012345678901234567890123", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("Cache", false)]
    [InlineData("2cache", false)]
    [InlineData("-cache", false)]
    [InlineData("ca che", false)]
    [InlineData("cache\n", false)]
    [InlineData("../etc", false)]
    [InlineData("caché", false)]
    [InlineData("=cmd", false)]
    public void Parse_AppliesTheRule(string? text, bool valid)
    {
        Assert.Equal(valid, InstanceId.Parse(text) is not null);
        if (!valid && text is not null)
        {
            Assert.Contains(InstanceId.Rule, Assert.Throws<FormatException>(() => InstanceId.Of(text)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Equal_IsByValue()
    {
        Assert.Equal(InstanceId.Of("cache"), InstanceId.Of("cache"));
        Assert.Equal("cache", InstanceId.Of("cache").ToString());
    }
}
