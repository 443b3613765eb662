using Dashboard.Alerts;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>The whole fleet at one moment, worst first.</summary>
public class FleetSnapshotTests
{
    [Theory, MemberData(nameof(Recorded.Servers), MemberType = typeof(Recorded))]
    public void HealthyTrio_ShowsNothing(string server)
    {
        var snapshot =
            FleetSnapshot.Of(
                [.. new[] { Purpose.Cache, Purpose.Cable, Purpose.Session }.Select(
                    purpose => Given.State(purpose, Given.Healthy(server, purpose)))]);

        Assert.Empty(snapshot.Findings);
        Assert.Null(snapshot.Worst);
        Assert.Equal(snapshot.States, snapshot.WorstFirst());
    }

    [Fact]
    public void Worst_IsFirst_WhereverItStands()
    {
        var snapshot = FleetSnapshot.Of(
        [
            Given.State(Purpose.Cache, Given.Answered("valkey-8.0.1-cache")),
            Given.State(Purpose.Cable, Given.Failed(FaultKind.Refused)),
            Given.State(Purpose.Session, Given.Answered("valkey-8.0.1-session", 0, ("aof_enabled", "0"))),
        ]);

        Assert.Equal("persistence", snapshot.Worst!.Rule);
        Assert.Equal(["session", "cable", "cache"], snapshot.WorstFirst().Select(state => state.Instance.Id.Value));
        Assert.Equal("down", Assert.Single(snapshot.Of(InstanceId.Of("cable"))).Rule);
    }

    [Fact]
    public void EqualSeverity_TheInstanceThatLocksUsersOutIsFirst()
    {
        var snapshot =
            FleetSnapshot.Of(
                [.. new[] { Purpose.Cable, Purpose.Cache, Purpose.Session }.Select(
                    purpose => Given.State(purpose, Given.Failed(FaultKind.Refused)))]);

        Assert.Equal(["session", "cache", "cable"], snapshot.Findings.Select(finding => finding.Instance.Value));
        Assert.Equal(["session", "cache", "cable"], snapshot.WorstFirst().Select(state => state.Instance.Id.Value));
    }

    [Fact]
    public void SharedServer_IsFoundFromTheLatestFacts_AndClearsWhenSeparated()
    {
        var cache = Given.State(Purpose.Cache, Given.Answered("valkey-8.0.1-session"));
        var session = Given.State(Purpose.Session, Given.Answered("valkey-8.0.1-session"));

        Assert.Contains(FleetSnapshot.Of([cache, session]).Of(session.Instance.Id), finding => finding.Rule == SharedServer.Rule);
        Assert.Contains(
            FleetSnapshot.Of([cache, session.After(Given.Failed(FaultKind.Hung, 1))]).Findings,
            finding => finding.Rule == SharedServer.Rule);
        Assert.DoesNotContain(
            FleetSnapshot.Of([cache.After(Given.Answered("valkey-8.0.1-cache", 1)), session]).Findings,
            finding => finding.Rule == SharedServer.Rule);
    }

    [Fact]
    public void NoInstances_HaveNoWorstFinding()
    {
        Assert.Null(FleetSnapshot.Of([]).Worst);
    }
}
