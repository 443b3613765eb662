namespace Dashboard.Components.Instances;

public class InstanceTabTests
{
    [Theory]
    [InlineData(null, "Board")]
    [InlineData("", "Board")]
    [InlineData("actions", "Actions")]
    [InlineData("info", "INFO")]
    [InlineData("privileges", "Privileges")]
    [InlineData("Actions", null)] // Addresses are lower case.
    [InlineData("tokens", null)]
    public void Word_OfTheAddress_NamesATab(string? word, string? title) => Assert.Equal(title, InstanceTab.Parse(word)?.Title);

    [Fact]
    public void Address_LeadsBackToTheTab() => Assert.All(
        InstanceTab.All, tab => Assert.Equal(tab, InstanceTab.Parse(tab.PathOf("cache").Split('/').ElementAtOrDefault(2))));
}
