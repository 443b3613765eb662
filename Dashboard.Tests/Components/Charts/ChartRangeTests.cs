namespace Dashboard.Components.Charts;

public sealed class ChartRangeTests
{
    [Fact]
    public void Of_ARange_IsThatRange()
    {
        var range = ChartRange.Of(100_000, 160_000);

        Assert.Equal(new(DateTimeOffset.FromUnixTimeSeconds(100), DateTimeOffset.FromUnixTimeSeconds(160)), range);
    }

    [Fact]
    public void Of_LessThanTheShortest_IsWidenedAboutItsMiddle()
    {
        var range = ChartRange.Of(100_000, 100_000);

        Assert.Equal(new(DateTimeOffset.FromUnixTimeSeconds(95), DateTimeOffset.FromUnixTimeSeconds(105)), range);
    }

    [Theory]
    [InlineData(200_000, 100_000)]
    [InlineData(-5, 100_000)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(100_000, long.MaxValue)]
    public void Of_WhatIsNoRangeOfTime_IsNothing(long from, long to) => Assert.Null(ChartRange.Of(from, to));
}
