using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions;

/// <summary>A preview is confirmed by who was shown it, once.</summary>
public sealed class PlanShelfTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    private ActionPlan Plan() => new(Guid.NewGuid(), "probe", Given.Instance(Instances.Purposes.Purpose.Cache), "abc", _time.GetUtcNow());

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

    /// <summary>Taken and put back, they would be more than were ever put.</summary>
    [Fact]
    public void PlansPutBack_AreNoMoreThanThoseThatMayBePut()
    {
        var shelf = new PlanShelf(_time);
        List<ActionPlan> taken = [];
        for (var each = 0; each < 3 * PlanShelf.MostOfASession; each++)
        {
            var plan = Plan();
            shelf.Put("one", plan);
            taken.Add(shelf.Take("one", plan.Id)!);
        }

        taken.ForEach(plan => shelf.PutBack("one", plan));

        Assert.Equal(PlanShelf.MostOfASession, shelf.Count);
        Assert.NotNull(shelf.Take("one", taken[^1].Id));
    }

    [Fact]
    public void ManySessions_TheOldestPlanGivesWay()
    {
        var shelf = new PlanShelf(_time);
        var first = Plan();
        shelf.Put("0", first);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var session = 1; session <= PlanShelf.Most; session++)
        {
            shelf.Put($"{session}", Plan());
        }

        Assert.Equal(PlanShelf.Most, shelf.Count);
        Assert.Null(shelf.Take("0", first.Id));
    }
}
