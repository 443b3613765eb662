using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Alerts.Rules;

/// <summary>A cable that nobody listens on is not healthy, whatever the server says of itself.</summary>
public class NoListenersTests
{
    [Theory]
    [InlineData(0L, "600", "no-listeners")]
    [InlineData(0L, "14", "")] // just started: the processes are on their way
    [InlineData(0L, null, "no-listeners")]
    [InlineData(1L, "600", "")]
    [InlineData(null, "600", "")] // not counted
    public void Cable_WithoutListeners_IsFound(long? processes, string? uptime, string rule) =>
        Assert.Equal(rule, string.Join(' ', State(Purpose.Cable, processes, uptime).Findings.Select(finding => finding.Rule)));

    [Fact]
    public void OtherPurposes_NeedNone() => Assert.Empty(State(Purpose.Cache, 0, "600").Findings);

    private static InstanceState State(Purpose purpose, long? processes, string? uptime) =>
        Given.State(purpose, Given.Answered(Given.Recording("valkey-8.0.1", purpose), 0, ("uptime_in_seconds", uptime)) with
        {
            Supplementary = new SupplementaryFacts(AppProcesses: processes, Save: ""),
        });
}
