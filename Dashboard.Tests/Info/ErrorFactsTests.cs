namespace Dashboard.Info;

/// <summary>Error replies by kind: an absent one is 0 only where the server counts them at all.</summary>
public class ErrorFactsTests
{
    [Theory]
    [InlineData("# Errorstats\nerrorstat_OOM:count=5214", 5214L, "counted")]
    [InlineData("# Errorstats\nerrorstat_MISCONF:count=1", 0L, "another kind was sent, this one not")]
    [InlineData("# Errorstats\n", 0L, "none was ever sent")]
    [InlineData("# Stats\ntotal_error_replies:3", null, "the section is missing")]
    [InlineData("# Errorstats\nerrorstat_ERRORSTATS_DISABLED:count=0", null, "a flood of kinds made the server give up")]
    [InlineData("# Errorstats\nerrorstat_ERRORSTATS_OVERFLOW:count=9", null, "so many kinds that new ones are lumped together")]
    [InlineData("# Errorstats\nerrorstat_OOM:count=4\nerrorstat_ERRORSTATS_OVERFLOW:count=9", 4L, "known before the flood")]
    [InlineData("# Errorstats\nerrorstat_OOM:lots", null, "unreadable is unknown, not 0")]
    public void Count_OfOom(string info, long? expected, string reason)
    {
        Assert.True(Snapshot.Parse(info).Errors.Count("OOM") == expected, reason);
    }
}
