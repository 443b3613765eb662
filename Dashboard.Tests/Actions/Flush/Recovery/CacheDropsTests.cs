using Dashboard.Actions.Sampling;
using Dashboard.Metrics;

namespace Dashboard.Actions.Flush.Recovery;

public class CacheDropsTests
{
    private static string Of(IReadOnlyList<Reading> readings, params DateTimeOffset[] flushes) =>
        string.Join(
            ", ",
            CacheDrops.In(readings, flushes)
                .Select(one => $"{(one.At - CacheStory.Start).TotalMinutes:0} {(one.IsAtLeast ? ">" : "")}{one.Took.TotalMinutes:0}"));

    [Fact]
    public void Flush_IsFollowedUntilTheRateIsBack()
    {
        Assert.Equal("70 4", Of(CacheStory.Of((70, 95, 50_000), (1, 20, 100), (1, 60, 5_000), (1, 85, 9_000), (30, 93, 20_000))));
    }

    [Theory]
    [InlineData(92.1, "70 2", "within three points")]
    [InlineData(91.9, "", "not within three points before the readings end")]
    public void Near_IsThreePercentagePoints(double percent, string found, string because)
    {
        Assert.True(found == Of(CacheStory.Of((70, 95, 50_000), (1, 20, 100), (60, percent, 40_000))), because);
    }

    [Fact]
    public void OneGoodMinute_IsNotYetBack()
    {
        Assert.Equal("70 5", Of(CacheStory.Of((70, 95, 50_000), (1, 20, 100), (1, 96, 300), (2, 60, 9_000), (30, 95, 20_000))));
    }

    [Theory]
    [InlineData(50_000, 10_000, "70", "four fifths are gone")]
    [InlineData(50_000, 10_001, "", "less than four fifths")]
    [InlineData(99, 0, "", "so few come and go")]
    [InlineData(100, 0, "70", "a small cache")]
    public void Fall_IsFourFifths(double before, double after, string at, string because)
    {
        var times = CacheDrops.TimesIn(CacheStory.Of((70, 95, before), (30, 95, after)), []);

        Assert.True(at == string.Join(", ", times.Select(time => $"{(time - CacheStory.Start).TotalMinutes:0}")), because);
    }

    [Fact]
    public void FallInsideALongReading_IsSeenByItsLowest()
    {
        var readings = CacheStory.Every(TimeSpan.FromMinutes(15), 15_000, (8, 95, 50_000));
        readings[5].Gauges[MetricCatalog.Gauge("keys")] = new(Min: 0, Max: 50_000, Last: 48_000, Sum: 40_000, Seconds: 1);

        Assert.Equal([CacheStory.Start.AddMinutes(75)], CacheDrops.TimesIn(readings, []));
    }

    [Fact]
    public void SlowDecline_IsNone()
    {
        var readings = CacheStory.Of([.. Enumerable.Range(0, 60).Select(i => (1, 95.0, 50_000 * Math.Pow(0.9, i)))]);

        Assert.Empty(CacheDrops.TimesIn(readings, []));
    }

    [Fact]
    public void WhatNobodyWatched_IsNone()
    {
        var readings = CacheStory.Of((70, 95, 50_000), (30, 95, 10));
        Reading[] late = [.. readings.Select((reading, i) => i < 70 ? reading : reading with { At = reading.At.AddHours(1) })];

        Assert.Empty(CacheDrops.TimesIn(late, []));
    }

    [Fact]
    public void FailedPolls_AreLookedPast()
    {
        var readings = CacheStory.Of((70, 95, 50_000), (2, 20, 100), (30, 95, 20_000));
        readings[70] = Reading.Nothing(readings[70].At);

        Assert.Equal("71 2", Of(readings));
    }

    [Fact]
    public void AnotherWithinTheHour_HidesBoth()
    {
        Assert.Equal("", Of(CacheStory.Of((70, 95, 50_000), (20, 20, 9_000), (1, 10, 10), (30, 95, 20_000))));
    }

    [Fact]
    public void TwoFarApart_AreTwo()
    {
        Assert.Equal("70 3, 150 2", Of(CacheStory.Of((70, 95, 50_000), (2, 20, 100), (78, 95, 30_000), (1, 20, 10), (30, 95, 20_000))));
    }

    [Fact]
    public void NeverBack_IsMoreThanWasLooked()
    {
        Assert.Equal("70 >360", Of(CacheStory.Of((70, 95, 50_000), (400, 60, 9_000))));
        Assert.Equal("", Of(CacheStory.Of((70, 95, 50_000), (300, 60, 9_000))));
    }

    [Fact]
    public void UnknownRateBefore_TellsNothing()
    {
        var readings = CacheStory.Of((70, 95, 50_000), (2, 20, 100), (30, 95, 20_000));
        Reading[] unread =
            [.. readings.Select((reading, i) => i < 70 ? Given.Reading(("keys", 50_000)) with { At = reading.At } : reading)];

        Assert.Single(CacheDrops.TimesIn(unread, []));
        Assert.Empty(CacheDrops.In(unread, []));
        Assert.Empty(CacheDrops.In([], []));
    }

    [Fact]
    public void HoleBeforeItWasBack_TellsNothing()
    {
        var readings = CacheStory.Of((70, 95, 50_000), (2, 20, 100), (30, 95, 20_000));
        Reading[] holed = [.. readings.Select((reading, i) => i < 72 ? reading : reading with { At = reading.At.AddHours(2) })];

        Assert.Single(CacheDrops.TimesIn(holed, []));
        Assert.Empty(CacheDrops.In(holed, []));
    }

    [Fact]
    public void OwnFlush_IsKnownThoughTheKeysHardlyFell()
    {
        var readings = CacheStory.Of((70, 95, 50_000), (1, 20, 60_000), (3, 60, 20_000), (30, 95, 30_000));

        Assert.Equal("", Of(readings));
        Assert.Equal("70 5", Of(readings, CacheStory.Start.AddMinutes(70)));
    }

    [Fact]
    public void OwnFlush_AndTheFallItMade_AreOne()
    {
        var readings = CacheStory.Of((70, 95, 50_000), (1, 20, 52_000), (3, 60, 5_000), (30, 95, 30_000));

        Assert.Equal("71 4", Of(readings));
        Assert.Equal("70 5", Of(readings, CacheStory.Start.AddMinutes(70)));
    }

    [Fact]
    public void OwnFlush_OutsideTheReadings_IsNone()
    {
        var readings = CacheStory.Of((100, 95, 50_000));

        Assert.Empty(CacheDrops.TimesIn(readings, [CacheStory.Start.AddDays(-1), CacheStory.Start, CacheStory.Start.AddMinutes(100)]));
        Assert.Empty(CacheDrops.TimesIn([], [CacheStory.Start]));
    }
}
