namespace Dashboard.Configuration;

public sealed class PlacementSettingTests
{
    [Fact]
    public void Instances_AreOrderedByGroup_ThenOrder_ThenPurpose()
    {
        var read = Written.Read(
            ("Instances:shop-session:Url", "redis://h"), ("Instances:shop-session:Purpose", "session"),
            ("Instances:shop-session:Group", "shop"),
            ("Instances:shop-cache:Url", "redis://h:2"), ("Instances:shop-cache:Purpose", "cache"),
            ("Instances:shop-cache:Group", " shop "),
            ("Instances:first:Url", "redis://h:3"), ("Instances:first:Purpose", "other"), ("Instances:first:Group", "blog"),
            ("Instances:first:Order", "1"),
            ("Instances:later:Url", "redis://h:4"), ("Instances:later:Purpose", "cache"), ("Instances:later:Group", "blog"),
            ("Instances:later:Order", "2"),
            ("Instances:cable:Url", "redis://h:5"));

        Assert.Equal(["cable", "first", "later", "shop-cache", "shop-session"], read.Instances.Select(instance => instance.Id.Value));
        Assert.Equal(["", "blog", "blog", "shop", "shop"], read.Instances.Select(instance => instance.Group));
    }

    [Theory]
    [InlineData("Group", "a name of more than forty characters, which fits no list")]
    [InlineData("Group", "a\u202Eb")]
    [InlineData("Order", "first")]
    [InlineData("Order", "-1")]
    [InlineData("Order", "10000")]
    public void WrongValue_IsNamed(string setting, string value) => Assert.StartsWith(
        $"Dashboard:Instances:cache:{setting}: ",
        Assert.Single(Written.Faults(("Instances:cache:Url", "redis://h"), ($"Instances:cache:{setting}", value))),
        StringComparison.Ordinal);
}
