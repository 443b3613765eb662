using Dashboard.Components.Instances;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Alerts.Rules;

/// <summary>A cable that nobody listens on is not called healthy; it is a fault only where somebody did.</summary>
public class NoListenersTests
{
    [Fact]
    public void NeverSeen_IsSaid_AndIsNoFinding()
    {
        var state = After(Purpose.Cable, 60, _ => 0);

        Assert.Empty(state.Findings);
        Assert.Equal(
            ("no listeners", "unknown"), HealthSummary.Of(state, state.Findings) is var summary ? (summary.Chip, summary.Level) : default);
    }

    [Theory]
    [InlineData(20, "")] // a deployment
    [InlineData(45, "no-listeners")]
    public void SeenBefore_AndGoneForAWhile_IsFound(int secondsWithout, string rule) => Assert.Equal(
        rule,
        string.Join(
            ' ', After(Purpose.Cable, 60 + secondsWithout, second => second < 60 ? 2 : 0).Findings.Select(finding => finding.Rule)));

    [Fact]
    public void BackAgain_IsHealthy()
    {
        var state = After(Purpose.Cable, 200, second => second is < 60 or >= 150 ? 1 : 0);

        Assert.Equal("healthy", HealthSummary.Of(state, state.Findings).Chip);
    }

    [Fact]
    public void NotCounted_IsNotClaimed() => Assert.Empty(After(Purpose.Cable, 200, second => second < 60 ? 2 : null).Findings);

    private static InstanceState After(Purpose purpose, int seconds, Func<int, long?> listening)
    {
        var state = Given.State(purpose);
        for (var second = 0; second < seconds; second++)
        {
            state = state.After(Given.Answered(Given.Recording("valkey-8.0.1", purpose), second, ("uptime_in_seconds", "600")) with
            {
                Supplementary = new SupplementaryFacts(AppProcesses: listening(second), Save: ""),
            });
        }

        return state;
    }
}
