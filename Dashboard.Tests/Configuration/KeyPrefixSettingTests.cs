namespace Dashboard.Configuration;

public sealed class KeyPrefixSettingTests
{
    private const string Key = "Dashboard:Instances:cache";

    [Fact]
    public void Prefixes_AreSeparatedByCommas()
    {
        var rules = Assert.Single(Written.Read(
            ("Instances:cache:Url", "redis://h"), ("Instances:cache:ForeignKeyPrefixes", " carts:, invoices/ ,,carts:"),
            ("Instances:cache:OwnKeyPrefixes", "token:page:")).Instances).KeyPrefixes;

        Assert.Equal(["carts:", "invoices/"], rules.Foreign);
        Assert.Equal(["token:page:"], rules.Own);
    }

    [Theory]
    [InlineData("a:*", "ForeignKeyPrefixes: 'a:*' has a *, which is literal here. Write only how the keys begin, for example carts:.")]
    [InlineData("a\tb", "ForeignKeyPrefixes: has a prefix that is longer than 100 characters or has a control character. Write how the "
        + "keys begin, for example: carts:, views/.")]
    [InlineData(
        "mine:",
        "OwnKeyPrefixes: has 'mine:' of ForeignKeyPrefixes, or how it begins, and would come first. Remove one of the two.")]
    [InlineData(
        "mine:not:",
        "OwnKeyPrefixes: has 'mine:not:' of ForeignKeyPrefixes, or how it begins, and would come first. Remove one of the two.")]
    public void WrongPrefixes_AreNamed(string foreign, string fault) => Assert.Equal(
        [$"{Key}:{fault}"],
        Written.Faults(
            ("Instances:cache:Url", "redis://h"), ("Instances:cache:ForeignKeyPrefixes", foreign),
            ("Instances:cache:OwnKeyPrefixes", "mine:")));

    [Fact]
    public void TooManyPrefixes_AreRefused() => Assert.Equal(
        [$"{Key}:ForeignKeyPrefixes: has 21 prefixes, and may have 20. Name shorter ones that cover them."],
        Written.Faults(
            ("Instances:cache:Url", "redis://h"),
            ("Instances:cache:ForeignKeyPrefixes", string.Join(',', Enumerable.Range(1, 21).Select(number => $"p{number}:")))));
}
