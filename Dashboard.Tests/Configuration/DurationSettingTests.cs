namespace Dashboard.Configuration;

/// <summary>Lengths of time as people write them.</summary>
public class DurationSettingTests
{
    [Theory]
    [InlineData("500ms", 500.0)]
    [InlineData("2s", 2000.0)]
    [InlineData("1.5s", 1500.0)]
    [InlineData("1m", 60000.0)]
    [InlineData("2 s", 2000.0)]
    [InlineData("00:00:02", 2000.0)]
    [InlineData("", null)]
    [InlineData("2", null)]
    [InlineData("s", null)]
    [InlineData("-2s", null)]
    [InlineData("two s", null)]
    [InlineData("1e3s", null)]
    [InlineData("NaNs", null)]
    [InlineData("-Infinitys", null)]
    [InlineData("Infinitys", null)]
    [InlineData("99999999999999s", null)]
    [InlineData("99999999:00:00", null)]
    [InlineData("2h", 7_200_000.0)]
    public void Parse_OfText(string text, double? milliseconds)
    {
        Assert.Equal(milliseconds, DurationSetting.Parse(text)?.TotalMilliseconds);
    }

    [Theory]
    [InlineData("PollInterval", "1s", true)]
    [InlineData("PollInterval", "999ms", false)]
    [InlineData("PollInterval", "60s", true)]
    [InlineData("PollInterval", "61s", false)]
    [InlineData("PollTimeout", "200ms", true)]
    [InlineData("PollTimeout", "199ms", false)]
    [InlineData("PollTimeout", "30s", true)]
    [InlineData("PollTimeout", "31s", false)]
    public void Setting_HasItsBounds(string key, string text, bool sound)
    {
        var faults = Written.Faults((key, text), ("Instances:cache:Url", "redis://h"));

        Assert.Equal(sound, faults.Count == 0);
        Assert.All(faults, fault => Assert.Matches($"^Dashboard:{key}: '{text}' is not a duration from .* to .*[.]", fault));
    }
}
