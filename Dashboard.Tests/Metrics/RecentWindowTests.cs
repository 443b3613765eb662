namespace Dashboard.Metrics;

/// <summary>Recent readings joined over the lengths of time that cards and sparklines ask for.</summary>
public class RecentWindowTests
{
    private static readonly int Hits = MetricCatalog.Counter("keyspace_hits");

    [Fact]
    public void Over_AMinute_AddsTheLastSixty()
    {
        Assert.Equal(60, At(199).Over(TimeSpan.FromMinutes(1))!.Counters[Hits].Delta);
    }

    [Fact]
    public void Over_TheSameSpan_IsJoinedOnce()
    {
        var window = At(50);

        Assert.Same(window.Over(TimeSpan.FromMinutes(1)), window.Over(TimeSpan.FromMinutes(1)));
        Assert.Same(window.Steps(), window.Steps());
    }

    [Fact]
    public void Over_NoReadings_IsNothing()
    {
        var window = new RecentWindow(RecentReadings.None, TimeSpan.Zero);

        Assert.Null(window.Over(TimeSpan.FromMinutes(1)));
        Assert.All(window.Steps(), Assert.Null);
    }

    [Fact]
    public void Steps_AreFiveSecondsEach_WithoutTheUnfinishedOne()
    {
        var steps = At(432).Steps();

        Assert.Equal(60, steps.Count);
        Assert.All(steps, step => Assert.Equal(5, step!.Counters[Hits].Delta));
        Assert.Equal(Given.Start.AddSeconds(425), steps[^1]!.At);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(5, 30)]
    [InlineData(10, 15)]
    [InlineData(60, 7)]
    public void Steps_AtAnyInterval_LeaveNoneEmpty(int interval, int count)
    {
        var recent = RecentReadings.None;
        for (var second = 0; second <= 900; second += interval)
        {
            recent = recent.With(Hit(second), TimeSpan.FromSeconds(second + (second % 3 * 0.2)));
        }

        var steps = new RecentWindow(recent, TimeSpan.FromSeconds(901), TimeSpan.FromSeconds(interval)).Steps();

        Assert.Equal(count, steps.Count);
        Assert.All(steps, Assert.NotNull);
    }

    [Fact]
    public void Steps_StandStillUntilAStepIsFull()
    {
        var early = At(430).Steps();
        var late = At(434).Steps();

        Assert.Equal(early.Select(step => step!.At), late.Select(step => step!.At));
        Assert.Equal(early[^1]!.Counters[Hits], late[^1]!.Counters[Hits]);
    }

    [Fact]
    public void Steps_AfterAShortTime_AreUnknownBeforeIt()
    {
        var steps = At(12).Steps();

        Assert.Equal(2, steps.Count(step => step is not null));
        Assert.Null(steps[0]);
    }

    [Fact]
    public void Steps_WhereNothingWasRead_AreUnknown()
    {
        var recent = RecentReadings.None.With(Hit(0), TimeSpan.FromSeconds(0)).With(Hit(20), TimeSpan.FromSeconds(20));

        var steps = new RecentWindow(recent, TimeSpan.FromSeconds(26)).Steps();

        Assert.Equal([true, false, false, false, true], steps.TakeLast(5).Select(step => step is not null));
    }

    /// <summary>Makes one hit per second from the start to <paramref name="second"/>, where the window ends.</summary>
    private static RecentWindow At(int second) => new(
        Enumerable.Range(0, second + 1).Aggregate(RecentReadings.None, (recent, i) => recent.With(Hit(i), TimeSpan.FromSeconds(i))),
        TimeSpan.FromSeconds(second));

    private static Reading Hit(int second) => Given.Reading(("keyspace_hits", 1)) with { At = Given.Start.AddSeconds(second) };
}
