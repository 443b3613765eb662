namespace Dashboard.Components.Charts;

public sealed class PlotSummaryTests
{
    [Fact]
    public void Of_Values_TellsLowestMeanHighestLast() =>
        Assert.Equal(new PlotSummary(1, 3, 6, 2), PlotSummary.Of([new(0, 1), new(1, 6), new(2, 2)]));

    [Fact]
    public void Of_Gaps_CountsThemForNothing() =>
        Assert.Equal(new PlotSummary(4, 5, 6, 6), PlotSummary.Of([new(0, null), new(1, 4), new(2, null), new(3, 6), new(4, null)]));

    [Fact]
    public void Of_Buckets_KeepsTheSpikesInside() =>
        Assert.Equal(new PlotSummary(0, 5, 90, 5), PlotSummary.Of([new(0, 5, 0, 90)]));

    [Fact]
    public void Of_NothingKnown_IsUnknownNotZero() =>
        Assert.Equal(PlotSummary.Unknown, PlotSummary.Of([new(0, null)]));
}
