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
    [InlineData("used_memory", "1048576", "1.00 MB")]
    [InlineData("repl_backlog_size", "10485760", "10.0 MB")]
    [InlineData("total_net_input_bytes", "682860", "667 kB")]
    [InlineData("used_memory", "1023", null)] // Read as easily.
    [InlineData("used_memory_human", "2.74M", null)]
    [InlineData("used_memory_peak_time", "1790000000", null)] // A time.
    [InlineData("mem_fragmentation_ratio", "7.47", null)]
    [InlineData("expired_keys", "1048576", null)]
    [InlineData("maxmemory", "-1", null)]
    public void Bytes_AreReadable(string name, string value, string? readable) => Assert.Equal(
        readable?.Replace(' ', '\u202f'),
        InfoRow.Of(new InfoField("Memory", name, value), new Dictionary<(string, string), string>()).Readable);

    [Theory]
    [InlineData("used_mem", true)]
    [InlineData("2872", true)]
    [InlineData("ALLOCAT", true)] // In the meaning.
    [InlineData("used memory", true)]
    [InlineData("memory USED", true)] // In any order.
    [InlineData("used_memory allocat", true)]
    [InlineData("used mem rss", false)] // Every word.
    [InlineData("evicted", false)]
    public void Search_LooksAtNameValueAndMeaning(string find, bool found) => Assert.Equal(
        found, InfoRow.Of(new InfoField("Memory", "used_memory", "2872360"), new Dictionary<(string, string), string>()).Matches(find));
}
