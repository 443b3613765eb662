using Dashboard.Instances.Purposes;

namespace Dashboard.Components.Instances;

public class CardFactsTests
{
    [Theory]
    [InlineData("valkey-8.0.1-cache", null, "Valkey 8.0.1 · up")]
    [InlineData("redis-7.0.15-cache", null, "Redis 7.0.15 · up")]
    [InlineData("redis-7.0.15-cache", "7.4.0", "Redis 7.4.0 · licence RSALv2 or SSPLv1 · up")]
    [InlineData("redis-7.0.15-cache", "8.2.1", "Redis 8.2.1 · licence RSALv2, SSPLv1 or AGPLv3 · up")]
    public void Facts_NameTheServerAndALicenceThatIsNotBsd(string recording, string? version, string begins)
    {
        var state =
            Given.State(
                Purpose.Cache, version is null ? Given.Answered(recording) : Given.Answered(recording, 0, ("redis_version", version)));

        Assert.StartsWith(begins, string.Join(" · ", CardFacts.Of(state)), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_BeforeAnyPoll_AreNone() => Assert.Empty(CardFacts.Of(Given.State(Purpose.Cache)));
}
