using Dashboard.Instances.Purposes;

namespace Dashboard.Components.Instances;

public class MemoryMeterTests
{
    [Theory]
    [InlineData("allkeys-lru", "full, which is normal here")]
    [InlineData("allkeys-lfu", "full, which is normal here")]
    [InlineData("noeviction", "99 %")]
    [InlineData("volatile-lru", "99 %")]
    [InlineData(null, "99 %")]
    public void FullCache_IsNormalOnlyWhereItEvicts(string? policy, string says)
    {
        var state =
            Given.State(
                Purpose.Cache,
                Given.Answered(
                    "valkey-8.0.1-cache", 0, ("used_memory", "24900000"), ("mem_not_counted_for_evict", "0"), ("maxmemory", "25165824"),
                    ("maxmemory_policy", policy)));

        Assert.EndsWith(
            $"of 24.0 MB · {says}", MemoryMeter.Of(state, state.Findings).Words.Replace('\u202f', ' ').Replace('\u00a0', ' '),
            StringComparison.Ordinal);
        Assert.Equal(
            says.StartsWith("full", StringComparison.Ordinal),
            HealthSummary.Of(state, state.Findings).Sentence.Contains("Full is normal here", StringComparison.Ordinal));
    }
}
