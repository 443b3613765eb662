using System.Text.RegularExpressions;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Alerts;

/// <summary>All rules together: which ones exist, and what every one of them guarantees.</summary>
public partial class AlertRulesTests
{
    public static TheoryData<Purpose> Purposes => [.. Purpose.All];

    [Fact]
    public void Rules_FoundByScan_AreThese()
    {
        Assert.Equal(
            [
                "aof-error", "auth-failed", "busy", "down", "eviction-on-noeviction", "loading", "memory-high", "misconf", "no-listeners",
                "not-primary",
                "oom",
                "persistence", "wrong-eviction-policy",
            ],
            AlertRules.Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void Ids_AreWordsWithDashes()
    {
        Assert.All(AlertRules.Rules, rule => Assert.Matches(RuleId(), rule.Id));
        Assert.DoesNotContain(SharedServer.Rule, AlertRules.Rules.Select(rule => rule.Id));
    }

    [Theory, MemberData(nameof(Recorded.Servers), MemberType = typeof(Recorded))]
    public void HealthyTrio_HasNoFindings(string server)
    {
        Purpose[] trio = [Purpose.Cache, Purpose.Cable, Purpose.Session];

        foreach (var purpose in trio)
        {
            Assert.Empty(
                Given.State(
                    purpose, Given.Healthy(server, purpose), Given.Healthy(server, purpose, 1),
                    Given.Healthy(server, purpose, 2)).Findings);
        }
    }

    [Theory, MemberData(nameof(Recorded.Servers), MemberType = typeof(Recorded))]
    public void HealthyTrio_WithoutAnyOneField_HasNoFindings(string server)
    {
        foreach (var purpose in new[] { Purpose.Cache, Purpose.Cable, Purpose.Session })
        {
            foreach (var field in Recorded.Snapshot(Given.Recording(server, purpose)).Info.Fields)
            {
                var poll = Given.Answered(Given.Recording(server, purpose), 1, (field.Name, null));

                var findings = Given.State(purpose, Given.Healthy(server, purpose), poll).Findings;

                Assert.True(findings.IsEmpty, $"{purpose} without {field.Name}: {findings.FirstOrDefault()}");
            }
        }
    }

    [Theory, MemberData(nameof(Purposes))]
    public void ServerThatReportsNothing_HasNoFindings(Purpose purpose)
    {
        Assert.Empty(Given.State(purpose, Given.Answered(Snapshot.Parse(""))).Findings);
    }

    [Theory]
    [InlineData("fresh", "cache", "wrong-eviction-policy")]
    [InlineData("fresh", "cable", "")]
    [InlineData("fresh", "session", "persistence")]
    [InlineData("full-noeviction", "cache", "wrong-eviction-policy")]
    [InlineData("full-noeviction", "cable", "memory-high")]
    [InlineData("full-noeviction", "session", "memory-high persistence")]
    [InlineData("replica", "cable", "not-primary")]
    [InlineData("replica", "session", "not-primary persistence")]
    [InlineData("cache", "cable", "eviction-on-noeviction memory-high wrong-eviction-policy")]
    [InlineData("cache", "session", "eviction-on-noeviction memory-high persistence wrong-eviction-policy")]
    [InlineData("session", "cache", "persistence wrong-eviction-policy")]
    [InlineData("session", "cable", "persistence")]
    [InlineData("cable", "cache", "wrong-eviction-policy")]
    [InlineData("cable", "session", "persistence")]
    [InlineData("cache", "other", "")]
    [InlineData("full-noeviction", "other", "")]
    [InlineData("replica", "other", "")]
    public void RecordedServer_InAPurpose_HasExactlyItsFindings(string situation, Purpose purpose, string rules)
    {
        foreach (var server in new[] { "redis-7.0.15", "valkey-8.0.1" })
        {
            var state = Given.State(purpose, Given.Answered($"{server}-{situation}"), Given.Answered($"{server}-{situation}", 1));

            Assert.Equal(rules, string.Join(' ', state.Findings.Select(finding => finding.Rule).Order(StringComparer.Ordinal)));
        }
    }

    [Theory, MemberData(nameof(Purposes))]
    public void DamagedReplies_NeverMakeARuleThrow_AndFindingsStayReadable(Purpose purpose)
    {
        var damage = new Damage(seed: 17);
        var state = Given.State(purpose);
        for (var second = 0; second < 400; second++)
        {
            state = state.After(Given.Answered(Snapshot.Parse(damage.Next()), second));

            Assert.All(state.Findings, AssertReadable);
            Assert.Equal(state.Findings.OrderByDescending(finding => finding.Severity), state.Findings);
        }
    }

    [Fact]
    public void EveryFault_HasOneReadableFinding_InEveryPurpose()
    {
        foreach (var purpose in Purpose.All)
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
            {
                var first = Given.State(purpose, Given.Failed(kind));
                var later = Given.State(purpose, Given.Failed(kind), Given.Failed(kind, 3), Given.Failed(kind, 6));

                AssertReadable(Assert.Single(first.Findings));
                AssertReadable(Assert.Single(later.Findings));
            }
        }
    }

    private static void AssertReadable(Finding finding)
    {
        Assert.StartsWith(finding.Instance.Value, finding.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", finding.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("..", finding.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", finding.Sentence, StringComparison.Ordinal);
        Assert.InRange(finding.Sentence.Length, 20, 1000);
        Assert.InRange(finding.Status.Length, 2, 20);
        Assert.NotEmpty(finding.Remedy);
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex RuleId();
}
