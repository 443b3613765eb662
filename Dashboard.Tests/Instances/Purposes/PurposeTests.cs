using Dashboard.Configuration;

namespace Dashboard.Instances.Purposes;

/// <summary>What an instance is for is its id's own word unless it is said.</summary>
public class PurposeTests
{
    [Theory]
    [InlineData("cache", null, Purpose.Cache)]
    [InlineData("cable", null, Purpose.Cable)]
    [InlineData("session", "", Purpose.Session)]
    [InlineData("other", null, Purpose.Other)]
    [InlineData("tokens", "session", Purpose.Session)]
    [InlineData("cache", "other", Purpose.Other)]
    [InlineData("cache-2", "CACHE", Purpose.Cache)]
    public void Purpose_IsReadOrGuessed(string id, string? purpose, Purpose expected)
    {
        Assert.Equal(expected, Assert.Single(Written.Read(($"Instances:{id}:Url", "redis://h"), ($"Instances:{id}:Purpose", purpose)).Instances).Purpose);
    }

    [Theory]
    [InlineData("tokens", null, "is missing")]
    [InlineData("cache", "queue", "'queue' is no purpose")]
    [InlineData("cache", "0", "'0' is no purpose")]
    [InlineData("cache", "Cache, Cable", "is no purpose")]
    public void Purpose_ThatIsNone_IsAFault(string id, string? purpose, string why)
    {
        var fault = Assert.Single(Written.Faults(($"Instances:{id}:Url", "redis://h"), ($"Instances:{id}:Purpose", purpose)));

        Assert.Contains(why, fault, StringComparison.Ordinal);
        Assert.Contains("cache, cable, session or other", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Purpose.Cache, "allkeys-lru", false, true)]
    [InlineData(Purpose.Cable, "noeviction", false, true)]
    [InlineData(Purpose.Session, "noeviction", true, true)]
    [InlineData(Purpose.Other, null, null, false)]
    public void Promise_OfAPurpose(Purpose purpose, string? policy, bool? persists, bool ownServer)
    {
        Assert.Equal(new PurposeContract(policy, persists, ownServer), PurposeContract.Of(purpose));
    }
}
