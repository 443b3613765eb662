using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions;

/// <summary>A preview is confirmed by who was shown it, once.</summary>
public sealed class PlanShelfTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    private ActionPlan Plan() => new(Guid.NewGuid(), "probe", Given.Instance(Instances.Purpose.Cache), "abc", _time.GetUtcNow());

    [Fact]
    public void AnotherSessionsPlan_IsNotThere()
    {
        var (shelf, plan) = (new PlanShelf(_time), Plan());
        shelf.Put("one", plan);

        Assert.Null(shelf.Take("other", plan.Id));
        Assert.Same(plan, shelf.Take("one", plan.Id));
    }

    [Fact]
    public void PressedTwice_IsTakenOnce_AndAgainAfterARefusal()
    {
        var (shelf, plan) = (new PlanShelf(_time), Plan());
        shelf.Put("one", plan);
        var taken = 0;
        Parallel.For(0, 64, _ => Interlocked.Add(ref taken, shelf.Take("one", plan.Id) is null ? 0 : 1));
        Assert.Equal(1, taken);

        shelf.PutBack("one", plan);

        Assert.Same(plan, shelf.Take("one", plan.Id));
    }

    [Fact]
    public void ManyPlans_TheOldestOfTheSessionGiveWay_AndOldOnesGo()
    {
        var shelf = new PlanShelf(_time);
        var others = Plan();
        shelf.Put("other", others);
        var plans = Enumerable.Range(0, 9).Select(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var plan = Plan();
            shelf.Put("one", plan);
            return plan;
        }).ToList();

        Assert.Null(shelf.Take("one", plans[0].Id));
        Assert.NotNull(shelf.Take("one", plans[1].Id));
        Assert.NotNull(shelf.Take("other", others.Id));
        _time.Advance(TimeSpan.FromSeconds(61));
        shelf.Put("one", Plan());
        Assert.Null(shelf.Take("one", plans[8].Id));
    }
}
