using Dashboard.Components.Instances;
using Dashboard.Configuration;

namespace Dashboard.Instances.Purposes;

/// <summary>The purpose of an instance is its id's own word unless a setting names it.</summary>
public class PurposeTests
{
    [Theory]
    [InlineData("cache", null, "cache")]
    [InlineData("cable", null, "cable")]
    [InlineData("session", "", "session")]
    [InlineData("other", null, "other")]
    [InlineData("tokens", "session", "session")]
    [InlineData("cache", "other", "other")]
    [InlineData("cache-2", "CACHE", "cache")]
    public void Purpose_IsReadOrGuessed(string id, string? purpose, Purpose expected)
    {
        Assert.Equal(
            expected,
            Assert.Single(Written.Read(($"Instances:{id}:Url", "redis://h"), ($"Instances:{id}:Purpose", purpose)).Instances).Purpose);
    }

    [Theory]
    [InlineData("tokens", null, "is missing")]
    [InlineData("cache", "queue", "'queue' is not a purpose")]
    [InlineData("cache", "0", "'0' is not a purpose")]
    [InlineData("cache", "Cache, Cable", "is not a purpose")]
    public void Purpose_MissingOrUnknown_IsAFault(string id, string? purpose, string why)
    {
        var fault = Assert.Single(Written.Faults(($"Instances:{id}:Url", "redis://h"), ($"Instances:{id}:Purpose", purpose)));

        Assert.Contains(why, fault, StringComparison.Ordinal);
        Assert.Contains("cache, cable, session or other", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache", "allkeys-lru", false, true)]
    [InlineData("cable", "noeviction", false, true)]
    [InlineData("session", "noeviction", true, true)]
    [InlineData("other", null, null, false)]
    public void Promise_OfAPurpose(Purpose purpose, string? policy, bool? persists, bool ownServer)
    {
        Assert.Equal(new PurposeContract(policy, persists, ownServer), purpose.Profile.Contract);
    }

    [Fact]
    public void Purposes_DifferInWordOrderAndUrgency() => Assert.All(
        (Func<PurposeProfile, object>[])[profile => profile.Word, profile => profile.Order, profile => profile.Impact.Urgency],
        of => Assert.Equal(Purpose.All.Count, Purpose.All.Select(purpose => of(purpose.Profile)).Distinct().Count()));

    /// <summary>Where a purpose makes a promise, it has the sentence that a rule gives when the promise is broken.</summary>
    [Fact]
    public void Promises_HaveTheirSentences() => Assert.All(Purpose.All.Select(purpose => purpose.Profile), profile =>
    {
        Assert.Equal(profile.Contract.EvictionPolicy is null, profile.Impact.WhenPolicyIsWrong is null);
        Assert.Equal(profile.Contract.Persists == true, profile.Impact.WhenNotPersisted is not null);
        Assert.True(profile.Contract.Persists is null || profile.ReadsPersistenceSettings, $"{profile.Word} is not asked for its settings");
    });

    /// <summary>A metric or a chart that does not exist would otherwise be noticed only when a page is drawn.</summary>
    [Fact]
    public void FiguresAndCharts_Exist() => Assert.All(Purpose.All, purpose =>
    {
        Assert.Equal(4, KeyFigures.Of(Given.State(purpose), TimeSpan.FromMinutes(5)).Tiles.Length);
        Assert.NotEmpty(InstanceCharts.Of(purpose));
        Assert.Equal(purpose.Profile.OverviewCharts, InstanceCharts.OfOverview(purpose).Charts.Select(chart => chart.Id));
    });
}
