using Dashboard.Actions.Sampling;

namespace Dashboard.Actions.Flush.Recovery;

public class HitRateRecoveryTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 14, 3, 12, 0, TimeSpan.Zero);

    private static CacheDrop Emptied(int day, double minutes, bool atLeast = false) =>
        new(At.AddDays(day), TimeSpan.FromMinutes(minutes), atLeast);

    [Fact]
    public void OneEmptying_IsTheEstimate()
    {
        var recovery = HitRateRecovery.Of([Emptied(0, 4)], 50_000, 1_200);

        Assert.Equal(
            new(TimeSpan.FromMinutes(4), false, "An estimate: after the last emptying, 14 Nov 03:12 UTC, the hit rate took 4 min to come "
                + "back."), recovery);
    }

    [Theory]
    [InlineData(new[] { 2.0, 9 }, 9, "of two, the longer")]
    [InlineData(new[] { 9.0, 2, 4 }, 4, "the middle one")]
    [InlineData(new[] { 500.0, 400, 9, 2, 4 }, 4, "older ones are left out")]
    public void MoreEmptyings_GiveTheMiddleOfTheLast(double[] minutes, double middle, string because)
    {
        var recovery = HitRateRecovery.Of([.. minutes.Select((took, i) => Emptied(i - minutes.Length + 1, took))], 50_000, 1_200);

        Assert.True(recovery.Time == TimeSpan.FromMinutes(middle), because);
        Assert.Equal(
            $"An estimate: after the last {Math.Min(3, minutes.Length)} emptyings, the latest 14 Nov 03:12 UTC, the hit rate took "
                + $"{middle} min (the median) to come back.", recovery.Sentence);
    }

    [Fact]
    public void NeverBack_IsMoreThan()
    {
        var recovery = HitRateRecovery.Of([Emptied(0, 360, atLeast: true)], null, null);

        Assert.Equal(
            new(TimeSpan.FromHours(6), true, "An estimate: after the last emptying, 14 Nov 03:12 UTC, the hit rate took more than 6 h to "
                + "come back."), recovery);
    }

    [Fact]
    public void NoEmptying_GoesByTheReads()
    {
        var recovery = HitRateRecovery.Of([], 300_000, 1_200);

        Assert.Equal(
            new(
                TimeSpan.FromSeconds(250), true,
                "An estimate: no emptying is in the history. At 1\u202F200 reads/s it takes at least 5 min until each of its keys was "
                    + "asked for once; the hit rate is back sooner where few keys get most of the reads."),
            recovery);
    }

    [Theory]
    [InlineData(90, 2.0, "45 s")]
    [InlineData(118, 2.0, "59 s")]
    [InlineData(122, 2.0, "2 min")]
    [InlineData(20_000, 1.0, "6 h")]
    [InlineData(1_000_000, 1.0, "12 d")]
    [InlineData(long.MaxValue, 0.1, "365 d")]
    public void Time_IsSaidRoundedUpward(long keys, double reads, string words)
    {
        Assert.Contains($"at least {words} until", HitRateRecovery.Of([], keys, reads).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1_200.0)]
    [InlineData(50_000L, null)]
    [InlineData(50_000L, 0.0)]
    [InlineData(0L, 1_200.0)]
    public void NeitherKnown_IsNotKnown(long? keys, double? reads)
    {
        var recovery = HitRateRecovery.Of([], keys, reads);

        Assert.Null(recovery.Time);
        Assert.StartsWith("How long the hit rate will be low is not known", recovery.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void History_IsFollowed()
    {
        var recovery = HitRateRecovery.From(CacheStory.Of((70, 95, 50_000), (3, 20, 100), (30, 95, 20_000)), [], 50_000, 1_200);

        Assert.Equal(TimeSpan.FromMinutes(4), recovery.Time);
        Assert.Contains("1 Mar 13:10 UTC", recovery.Sentence, StringComparison.Ordinal);
    }
}
