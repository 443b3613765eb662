using Dashboard.Actions.Sampling;

namespace Dashboard.Actions.Flush.Recovery;

public class HitRateStepTests
{
    [Fact]
    public void BusySeconds_MakeSteps_OfAMinute()
    {
        var steps = HitRateStep.Of(CacheStory.Every(TimeSpan.FromSeconds(1), 500, (60, 90, 1), (60, 50, 1), (59, 10, 1))).ToList();

        Assert.Equal(
            [new(CacheStory.Start, TimeSpan.FromMinutes(1), 90),
                new HitRateStep(CacheStory.Start.AddMinutes(1), TimeSpan.FromMinutes(1), 50)],
            steps.Select(step => step with { Percent = Math.Round(step.Percent, 6) }));
    }

    [Fact]
    public void FewLookups_MakeLongSteps()
    {
        var steps = HitRateStep.Of(CacheStory.Every(TimeSpan.FromMinutes(1), 10, (25, 90, 1))).ToList();

        Assert.Equal([10, 10], steps.Select(step => step.Length.TotalMinutes));
    }

    [Fact]
    public void CoarseReadings_AreStepsThemselves()
    {
        var steps = HitRateStep.Of(CacheStory.Every(TimeSpan.FromMinutes(15), 5_000, (3, 90, 1))).ToList();

        Assert.Equal([15, 15], steps.Select(step => step.Length.TotalMinutes));
        Assert.Equal(CacheStory.Start.AddMinutes(30), steps[1].End);
    }

    [Fact]
    public void NoLookups_MakeNone()
    {
        Assert.Empty(HitRateStep.Of(CacheStory.Of((10, 90, 1)).Select(reading => Metrics.Reading.Nothing(reading.At))));
        Assert.Empty(HitRateStep.Of([]));
    }
}
