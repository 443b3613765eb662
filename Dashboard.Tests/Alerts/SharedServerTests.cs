using System.Collections.Immutable;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Alerts;

/// <summary>Two purposes on one server, or one the replica of the other, found among all instances.</summary>
public class SharedServerTests
{
    private static readonly Snapshot Cache = Recorded.Snapshot("valkey-8.0.1-cache");
    private static readonly Snapshot Cable = Recorded.Snapshot("valkey-8.0.1-cable");
    private static readonly Snapshot Session = Recorded.Snapshot("valkey-8.0.1-session");

    [Fact]
    public void ThreeServers_AreFine()
    {
        Assert.Empty(Look((Purpose.Cache, Cache), (Purpose.Cable, Cable), (Purpose.Session, Session)));
    }

    [Fact]
    public void TwoPurposesOnOneServer_AreFoundOnBoth()
    {
        var findings = Look((Purpose.Cache, Cache), (Purpose.Cable, Cable), (Purpose.Session, Cache)).ToList();

        Assert.Equal(["cache", "session"], findings.Select(finding => finding.Instance.Value));
        Assert.All(
            findings,
            finding => Assert.Equal((SharedServer.Rule, Severity.Critical, true), (finding.Rule, finding.Severity, finding.Standing)));
        Assert.StartsWith("cache and session are one server (run_id 45cd32ca…)", findings[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ThreePurposesOnOneServer_NameEachOther()
    {
        var findings = Look((Purpose.Cache, Cache), (Purpose.Cable, Cache), (Purpose.Session, Cache)).ToList();

        Assert.Equal(3, findings.Count);
        Assert.StartsWith(
            "cache, cable and session are one server", Assert.Single(findings.Select(finding => finding.Sentence).Distinct()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void FiveProblems_AreListedWithTheLiveValues()
    {
        var details = Look((Purpose.Cache, Cache), (Purpose.Session, Cache)).First().Details;

        Assert.Equal(["Eviction", "Flush", "Persistence", "Scaling", "Isolation"], details.Select(detail => detail.Split(':')[0]));
        Assert.Contains("allkeys-lru", details[0], StringComparison.Ordinal);
        Assert.Contains("db0 (22,302)", details[1], StringComparison.Ordinal);
        Assert.Contains("off, so a restart signs every user out", details[2], StringComparison.Ordinal);
        Assert.Contains("8.00\u202FMB here with 7.93\u202FMB in use", details[3], StringComparison.Ordinal);
    }

    [Fact]
    public void FiveProblems_NameOnlyWhatIsThere()
    {
        var withoutSession = Look((Purpose.Cache, Cache), (Purpose.Cable, Cache)).First().Details;
        var withoutCache = Look((Purpose.Cable, Session), (Purpose.Session, Session)).First().Details;

        Assert.All(withoutSession, detail => Assert.DoesNotMatch("token|sign", detail));
        Assert.All(withoutCache, detail => Assert.DoesNotMatch("cache", detail));
        Assert.EndsWith("cached pages and live updates fail together.", withoutSession[4], StringComparison.Ordinal);
    }

    [Fact]
    public void FiveProblems_OfAServerThatReportsNothing_ClaimNothing()
    {
        var silent = Snapshot.Parse($"run_id:{new string('a', 40)}");

        var details = Look((Purpose.Cache, silent), (Purpose.Session, silent)).First().Details;

        Assert.Contains("not verified", details[0], StringComparison.Ordinal);
        Assert.DoesNotContain("No database holds keys", details[1], StringComparison.Ordinal);
        Assert.Contains("not verified", details[2], StringComparison.Ordinal);
        Assert.Contains("–", details[3], StringComparison.Ordinal);
    }

    [Fact]
    public void ReplicaOfTheOther_IsFoundOnBoth()
    {
        var replica = Given.Snapshot("valkey-8.0.1-replica", ("master_replid", Session.Replication.ReplId));

        var findings = Look((Purpose.Cable, replica), (Purpose.Session, Session)).ToList();

        Assert.Equal(["cable", "session"], findings.Select(finding => finding.Instance.Value));
        Assert.All(findings, finding => Assert.Contains("hold the same data", finding.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void PurposeOther_MayShare()
    {
        Assert.Empty(Look((Purpose.Cache, Cache), (Purpose.Other, Cache)));
    }

    [Fact]
    public void OnePurposeTwice_MayShare()
    {
        (Instance,
            Snapshot?)[] fleet =
                [(Given.Instance(Purpose.Session), Session), (Given.Instance(Purpose.Session, "session-replica"), Session)];

        Assert.Empty(SharedServer.Evaluate(fleet));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("0000000000000000000000000000000000000000", "the zeros a proxy sends")]
    [InlineData(null, "missing")]
    public void IdentitiesThatAreEmpty_AreNotTheSame(string? id, string reason)
    {
        var one = Given.Snapshot("valkey-8.0.1-cable", ("run_id", id), ("master_replid", id));
        var two = Given.Snapshot("valkey-8.0.1-session", ("run_id", id), ("master_replid", id));

        Assert.True(!Look((Purpose.Cable, one), (Purpose.Session, two)).Any(), reason);
    }

    [Fact]
    public void ShortRunId_IsAccepted()
    {
        var odd = Given.Snapshot("valkey-8.0.1-cable", ("run_id", "abc"));

        Assert.Equal(2, Look((Purpose.Cable, odd), (Purpose.Session, odd)).Length);
    }

    [Fact]
    public void InstanceWithoutFacts_IsNotEvaluated()
    {
        Assert.Empty(Look((Purpose.Cache, Cache), (Purpose.Session, null)));
    }

    private static ImmutableArray<Finding> Look(params (Purpose Purpose, Snapshot? Facts)[] fleet) =>
        SharedServer.Evaluate(fleet.Select(one => (Given.Instance(one.Purpose), one.Facts)));
}
