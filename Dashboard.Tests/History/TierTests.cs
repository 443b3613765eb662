using Dashboard.Metrics.Series;

namespace Dashboard.History;

public sealed class TierTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("5m", "1s")]
    [InlineData("15m", "1s")]
    [InlineData("1h", "1s")]
    [InlineData("6h", "10s")]
    [InlineData("24h", "1m")]
    [InlineData("7d", "15m")]
    [InlineData("30d", "15m")]
    [InlineData("90d", "15m")]
    public void Window_UpToNow_ReadsTheCoarsestTierThatGivesEnoughPoints(string window, string tier)
    {
        Assert.Equal(tier, Tier.For(Now - ChartWindow.Parse(window).Length, Now, Now).Name);
    }

    [Theory]
    [InlineData(3, "1s")]
    [InlineData(7, "10s")]
    [InlineData(24 * 4, "1m")]
    [InlineData(24 * 31, "15m")]
    [InlineData(24 * 500, "15m")]
    public void FiveMinutes_LongAgo_ReadTheFinestTierThatReachesBack(int hoursAgo, string tier)
    {
        var from = Now.AddHours(-hoursAgo);

        Assert.Equal(tier, Tier.For(from, from.AddMinutes(5), Now).Name);
    }

    [Fact]
    public void EachTier_IsAWholeMultipleOfTheFinerOne_AndReachesFurtherBack()
    {
        foreach (var (finer, coarser) in Tier.All.Zip(Tier.All.Skip(1)))
        {
            Assert.Equal(0, coarser.StepMs % finer.StepMs);
            Assert.True(coarser.Kept > finer.Kept);
        }
    }
}
