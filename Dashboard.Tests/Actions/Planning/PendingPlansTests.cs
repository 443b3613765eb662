using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions.Planning;

/// <summary>A preview is confirmed once, by the session that it was shown to.</summary>
public sealed class PendingPlansTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    private ActionPlan Plan() => new(Guid.NewGuid(), "probe", Given.Instance(Instances.Purposes.Purpose.Cache), "abc", _time.GetUtcNow());

    [Fact]
    public void PlanOfAnotherSession_IsNotFound()
    {
        var (pending, plan) = (new PendingPlans(_time), Plan());
        pending.Put("one", plan);

        Assert.Null(pending.Take("other", plan.Id));
        Assert.Same(plan, pending.Take("one", plan.Id));
    }

    [Fact]
    public void PlanConfirmedTwice_IsTakenOnce_AndAgainAfterARefusal()
    {
        var (pending, plan) = (new PendingPlans(_time), Plan());
        pending.Put("one", plan);
        var taken = 0;
        Parallel.For(0, 64, _ => Interlocked.Add(ref taken, pending.Take("one", plan.Id) is null ? 0 : 1));
        Assert.Equal(1, taken);

        pending.PutBack("one", plan);

        Assert.Same(plan, pending.Take("one", plan.Id));
    }

    [Fact]
    public void ManyPlans_EvictTheOldestOfTheSession_AndExpiredOnesAreRemoved()
    {
        var pending = new PendingPlans(_time);
        var others = Plan();
        pending.Put("other", others);
        var plans = Enumerable.Range(0, 9).Select(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var plan = Plan();
            pending.Put("one", plan);
            return plan;
        }).ToList();

        Assert.Null(pending.Take("one", plans[0].Id));
        Assert.NotNull(pending.Take("one", plans[1].Id));
        Assert.NotNull(pending.Take("other", others.Id));
        _time.Advance(TimeSpan.FromSeconds(61));
        pending.Put("one", Plan());
        Assert.Null(pending.Take("one", plans[8].Id));
    }

    /// <summary>Plans that are taken and put back would otherwise exceed the limit.</summary>
    [Fact]
    public void PlansPutBack_DoNotExceedTheLimit()
    {
        var pending = new PendingPlans(_time);
        List<ActionPlan> taken = [];
        for (var each = 0; each < 3 * PendingPlans.MaxPlansPerSession; each++)
        {
            var plan = Plan();
            pending.Put("one", plan);
            taken.Add(pending.Take("one", plan.Id)!);
        }

        taken.ForEach(plan => pending.PutBack("one", plan));

        Assert.Equal(PendingPlans.MaxPlansPerSession, pending.Count);
        Assert.NotNull(pending.Take("one", taken[^1].Id));
    }

    [Fact]
    public void ManySessions_EvictTheOldestPlan()
    {
        var pending = new PendingPlans(_time);
        var first = Plan();
        pending.Put("0", first);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var session = 1; session <= PendingPlans.MaxPlans; session++)
        {
            pending.Put($"{session}", Plan());
        }

        Assert.Equal(PendingPlans.MaxPlans, pending.Count);
        Assert.Null(pending.Take("0", first.Id));
    }
}
