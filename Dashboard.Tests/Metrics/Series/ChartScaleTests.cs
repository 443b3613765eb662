namespace Dashboard.Metrics.Series;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData("5m", 1, 1, 1)]
    [InlineData("15m", 1, 2, 4)]
    [InlineData("1h", 1, 7, 13)]
    [InlineData("6h", 10, 40, 80)]
    [InlineData("24h", 60, 180, 300)]
    [InlineData("7d", 900, 1800, 2700)]
    [InlineData("30d", 900, 4500, 9000)]
    [InlineData("90d", 900, 13500, 26100)]
    public void Window_IsCutIntoWholeStepsOfItsTier(string window, int step, int bucket, int pair)
    {
        var scale = ChartScale.For(ChartWindow.Parse(window).Length, TimeSpan.FromSeconds(step));

        Assert.Equal((bucket, pair), (scale.Bucket.TotalSeconds, scale.PairBucket.TotalSeconds));
    }

    [Fact]
    public void NoWindow_HasMoreStretchesThanFit_WhereverItBegins()
    {
        foreach (var (window, step) in ChartWindow.All.Zip([1, 1, 1, 10, 60, 900, 900, 900]))
        {
            var scale = ChartScale.For(window.Length, TimeSpan.FromSeconds(step));

            Assert.InRange(Math.Ceiling(window.Length / scale.Bucket) + (scale.DrawsEach ? 0 : 1), 1, ChartScale.MaxPoints);
            Assert.True(scale.DrawsEach || 2 * (Math.Ceiling(window.Length / scale.PairBucket) + 1) <= ChartScale.MaxPoints);
        }
    }

    [Fact]
    public void LongPollInterval_DrawsEachReading()
    {
        Assert.True(ChartScale.For(TimeSpan.FromHours(1), TimeSpan.FromSeconds(60)).DrawsEach);
    }

    [Theory]
    [InlineData(2.4, false)]
    [InlineData(2.6, true)]
    public void Gap_IsMoreThanTwoAndAHalfSteps(double steps, bool gap)
    {
        var scale = ChartScale.For(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));

        Assert.Equal(gap, scale.IsGap(SomeReadings.Start, SomeReadings.Start.AddSeconds(10 * steps)));
    }
}
