using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>The findings when polls fail.</summary>
public class FaultRulesTests
{
    [Theory]
    [InlineData(FaultKind.Refused, "down")]
    [InlineData(FaultKind.Dns, "down")]
    [InlineData(FaultKind.Unreachable, "down")]
    [InlineData(FaultKind.Tls, "down")]
    [InlineData(FaultKind.Hung, "down")]
    [InlineData(FaultKind.Closed, "down")]
    [InlineData(FaultKind.NoAuth, "auth-failed")]
    [InlineData(FaultKind.WrongPass, "auth-failed")]
    [InlineData(FaultKind.PasswordFile, "auth-failed")]
    [InlineData(FaultKind.NoPerm, "auth-failed")]
    [InlineData(FaultKind.MaxClients, "down")]
    [InlineData(FaultKind.Loading, "loading")]
    [InlineData(FaultKind.Busy, "busy")]
    [InlineData(FaultKind.Misconf, "misconf")]
    [InlineData(FaultKind.MasterDown, "down")]
    [InlineData(FaultKind.ReadOnly, "down")]
    [InlineData(FaultKind.NotValkey, "down")]
    [InlineData(FaultKind.Other, "down")]
    public void Fault_GivesExactlyItsFinding(FaultKind kind, string rule)
    {
        Assert.Equal(
            rule, Assert.Single(Given.State(Purpose.Session, Given.Answered("valkey-8.0.1-session"), Given.Failed(kind, 1)).Findings).Rule);
    }

    [Theory]
    [InlineData(1, 0, Severity.Warning, "the first failure")]
    [InlineData(3, 4.9, Severity.Warning, "three, but in less than 5 s")]
    [InlineData(2, 30, Severity.Warning, "30 s, but only two")]
    [InlineData(3, 5, Severity.Critical, "three in 5 s")]
    [InlineData(50, 60, Severity.Critical, "a minute")]
    public void Down_BecomesCritical(int failures, double seconds, Severity severity, string reason)
    {
        var state = Given.State(Purpose.Cache, Given.Answered("valkey-8.0.1-cache", -1));
        for (var i = 0; i < failures; i++)
        {
            state = state.After(Given.Failed(FaultKind.Refused, failures == 1 ? 0 : seconds * i / (failures - 1)));
        }

        Assert.True(Assert.Single(state.Findings).Severity == severity, reason);
    }

    [Theory]
    [InlineData(FaultKind.Refused, "Sign-ins fail")]
    [InlineData(FaultKind.Hung, "Sign-ins fail")]
    [InlineData(FaultKind.MasterDown, "Sign-ins fail")]
    [InlineData(FaultKind.MaxClients, "Connected clients are still served")]
    [InlineData(FaultKind.Tls, "users may be unaffected")]
    [InlineData(FaultKind.Other, "users may be unaffected")]
    [InlineData(FaultKind.NoPerm, "users may be unaffected")]
    [InlineData(FaultKind.WrongPass, "users may be unaffected")]
    public void Impact_IsClaimedOnlyWhereItWasSeen(FaultKind kind, string says)
    {
        var state = Given.State(Purpose.Session, Given.Failed(kind), Given.Failed(kind, 3), Given.Failed(kind, 6));

        Assert.Contains(says, Assert.Single(state.Findings).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAnswer_EndsTheFinding()
    {
        var state =
            Given.State(
                Purpose.Cable, Given.Failed(FaultKind.Refused), Given.Failed(FaultKind.Refused, 3), Given.Failed(FaultKind.Refused, 6),
                Given.Answered("valkey-8.0.1-cable", 7));

        Assert.Empty(state.Findings);
    }
}
