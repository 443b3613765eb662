using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Instances;

namespace Dashboard.Components.Actions;

public class RunOutcomesTests
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");

    private readonly RunOutcomes _outcomes = new();

    [Fact]
    public void RunThatWasOverBefore_IsNoNews()
    {
        Assert.Null(_outcomes.Ended(Cache, LatestRuns.Unread));
        Assert.Null(_outcomes.Ended(Cache, new([Over()], null)));
    }

    [Fact]
    public void RunThatEnds_IsNewsOnce()
    {
        var run = Running();
        Assert.Null(_outcomes.Ended(Cache, new([run, Over()], null)));

        var over = run with { EndedAt = Given.Start, Result = AuditResult.Done };

        Assert.Equal(over, _outcomes.Ended(Cache, new([over], null)));
        Assert.Null(_outcomes.Ended(Cache, new([over], null)));
    }

    /// <summary>A flush may take less time than a page needs to look twice.</summary>
    [Fact]
    public void RunThatBeganAndEndedBetweenTwoLooks_IsNews()
    {
        Assert.Null(_outcomes.Ended(Cache, new([], null)));
        var over = Over();

        Assert.Equal(over, _outcomes.Ended(Cache, new([Running(), over], null)));
    }

    [Fact]
    public void Instances_AreToldApart()
    {
        Assert.Null(_outcomes.Ended(Cache, new([], null)));

        Assert.Null(_outcomes.Ended(InstanceId.Of("session"), new([Over()], null)));
    }

    private static Run Running() => new(Guid.NewGuid(), "probe", Cache, "abc", 0, "", "keeper", "here-1", Given.Start);

    private static Run Over() => Running() with { EndedAt = Given.Start, Result = AuditResult.Failed };
}
