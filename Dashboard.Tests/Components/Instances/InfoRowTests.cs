using Dashboard.Info;

namespace Dashboard.Components.Instances;

public class InfoRowTests
{
    [Theory]
    [InlineData("5", "5", "")]
    [InlineData("5", "7", "+2")]
    [InlineData("7", "5", "-2")]
    [InlineData("1000", "1234567", "+1\u202f233\u202f567")]
    [InlineData("0.25", "0.5", "+0.25")]
    [InlineData("up", "down", "was up")]
    [InlineData("5", "none", "was 5")]
    [InlineData(null, "5", "")] // A field that appeared later.
    [InlineData("79228162514264337593543950336", "1", "was 79228162514264337593543950336")] // Too long a number.
    public void Change_IsADifference_OrWhatWasThere(string? before, string now, string change)
    {
        Dictionary<(string, string), string> first = before is null ? [] : new() { [("Stats", "some_field")] = before };

        Assert.Equal(change, InfoRow.Of(new InfoField("Stats", "some_field", now), first).Change);
    }

    [Theory]
    [InlineData("used_mem", true)]
    [InlineData("2872", true)]
    [InlineData("ALLOCAT", true)] // In the meaning.
    [InlineData("evicted", false)]
    public void Search_LooksAtNameValueAndMeaning(string find, bool found) => Assert.Equal(
        found, InfoRow.Of(new InfoField("Memory", "used_memory", "2872360"), new Dictionary<(string, string), string>()).Matches(find));
}
