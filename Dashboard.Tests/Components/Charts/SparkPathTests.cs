namespace Dashboard.Components.Charts;

public sealed class SparkPathTests
{
    [Fact]
    public void Of_Values_SpreadsThemToTheRightEdge()
    {
        var path = SparkPath.Of([0, 10, 5], 20, 12);

        Assert.Equal("M0 22l 20-20 20 10", path.Line);
        Assert.Equal("M0 24V22l 20-20 20 10V24Z", path.Area);
    }

    [Fact]
    public void Of_AGap_BreaksTheLine()
    {
        var path = SparkPath.Of([0, 10, null, 10, 0], 40, 12);

        Assert.Equal("M0 22l 20-20M60 2l 20 20", path.Line);
    }

    [Fact]
    public void Of_AValueAloneBetweenGaps_StillShows()
    {
        var path = SparkPath.Of([0, null, 5, null, 10], 40, 12);

        Assert.Contains("M40 12l 1 0", path.Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public void Of_NothingKnown_IsEmpty(params double?[]? values) =>
        Assert.Equal(new("", ""), SparkPath.Of(values ?? [null], 20, 12));

    [Fact]
    public void Of_AFlatLine_LiesLow()
    {
        var path = SparkPath.Of([4, 4], 10, 20);

        Assert.Equal("M0 34l 20 0", path.Line);
    }

    [Fact]
    public void Of_ValuesThatBeginNearZero_StandOnZero()
    {
        var path = SparkPath.Of([5, 15], 10, 12);

        Assert.Equal("M0 15l 20-13", path.Line);
    }

    [Fact]
    public void Of_ValuesFarFromZero_FillTheHeight()
    {
        var path = SparkPath.Of([1000, 1100], 10, 12);

        Assert.Equal("M0 22l 20-20", path.Line);
    }

    [Fact]
    public void Of_NoiseAroundALargeNumber_LooksLevel()
    {
        var path = SparkPath.Of([1000, 1001, 1000, 1005], 30, 12);

        Assert.Equal("M0 19l 20 0 20 0 20-2", path.Line);
    }
}
