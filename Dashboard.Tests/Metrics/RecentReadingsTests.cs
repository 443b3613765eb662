namespace Dashboard.Metrics;

/// <summary>A quarter of an hour is remembered, by the monotonic clock, in bounded memory.</summary>
public class RecentReadingsTests
{
    [Fact]
    public void With_AtOneASecond_Keeps900()
    {
        var recent = After(2000);

        Assert.Equal(900, recent.All.Length);
        Assert.Equal(900, recent.Uptimes.Length);
        Assert.Equal(Given.Start.AddSeconds(1999), recent.All[^1].At);
        Assert.Equal(Given.Start.AddSeconds(1100), recent.All[0].At);
    }

    [Fact]
    public void With_AtOneAMinute_KeepsAQuarterOfAnHour()
    {
        var recent = After(60, apart: 60);

        Assert.Equal(15, recent.All.Length);
    }

    [Fact]
    public void With_MoreOftenThanThat_KeepsNoMore()
    {
        Assert.Equal(900, After(2000, apart: 0.5).All.Length);
    }

    [Fact]
    public void With_LeavesTheOneBeforeAsItWas()
    {
        var recent = After(10);

        _ = recent.With(Reading.Nothing(Given.Start), TimeSpan.FromSeconds(11));

        Assert.Equal(10, recent.All.Length);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0, 0)]
    [InlineData(5000, 900)]
    public void Last_OfASpan(int seconds, int readings)
    {
        Assert.Equal(readings, After(1000).Last(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(999)).Length);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void WallClockSetByAnHour_NeitherLosesNorRevivesReadings(int step)
    {
        var recent = After(100);
        for (var second = 100; second < 160; second++)
        {
            recent = recent.With(Reading.Nothing(Given.Start.AddSeconds(second + step)), TimeSpan.FromSeconds(second));
        }

        Assert.Equal(160, recent.All.Length);
        Assert.Equal(60, recent.Last(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(159)).Length);
    }

    private static RecentReadings After(int polls, double apart = 1) => Enumerable.Range(0, polls).Aggregate(
        RecentReadings.None,
        (recent, i) => recent.With(Reading.Nothing(Given.Start.AddSeconds(i * apart)), TimeSpan.FromSeconds(i * apart)));
}
