namespace Dashboard.Info;

/// <summary>Memory against its limit, as the server counts it.</summary>
public class MemoryFactsTests
{
    [Theory]
    [InlineData("used_memory:50\nmaxmemory:100", 0.5, "half")]
    [InlineData("used_memory:50\nmaxmemory:100\nmem_not_counted_for_evict:10", 0.4, "buffers the limit leaves out")]
    [InlineData("used_memory:5\nmaxmemory:100\nmem_not_counted_for_evict:10", 0.0, "never below 0")]
    [InlineData("used_memory:150\nmaxmemory:100", 1.5, "over the limit: a limit lowered, or buffers")]
    [InlineData("used_memory:50\nmaxmemory:0", null, "0 means no limit, so no share of it")]
    [InlineData("used_memory:50", null, "limit unknown")]
    [InlineData("maxmemory:100", null, "use unknown")]
    public void Fill_OfMemory(string info, double? expected, string reason)
    {
        Assert.True(Snapshot.Parse(info).Memory.Fill == expected, reason);
    }
}
