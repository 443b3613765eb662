using Dashboard.Instances.Purposes;

namespace Dashboard.Components.Instances;

/// <summary>A healthy card claims no more than was seen.</summary>
public class HealthSummaryTests
{
    [Theory]
    [InlineData("1", "Sign-ins work and survive a restart.")]
    [InlineData(null, "Sign-ins work; whether they survive a restart is not verified.")]
    public void Session_SurvivesARestart_OnlyWhereAnAppendOnlyFileWasSeen(string? appendOnly, string says)
    {
        var state = Given.State(Purpose.Session, Given.Answered("valkey-8.0.1-session", 0, ("aof_enabled", appendOnly)));

        Assert.Equal(("healthy", says), (HealthSummary.Of(state, state.Findings).Chip, HealthSummary.Of(state, state.Findings).Sentence));
    }
}
