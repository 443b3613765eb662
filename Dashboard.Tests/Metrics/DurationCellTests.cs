namespace Dashboard.Metrics;

/// <summary>Durations are kept in parts that add up exactly.</summary>
public class DurationCellTests
{
    [Fact]
    public void Quantile_OfNothing_IsUnknown()
    {
        Assert.Null(default(DurationCell).Quantile(0.5));
        Assert.False(default(DurationCell).Known);
    }

    [Theory]
    [InlineData(0.1, 0, "a bound belongs to what lies under it")]
    [InlineData(0.11, 1, "just above")]
    [InlineData(0, 0, "no time at all")]
    [InlineData(2000, 13, "the last bound")]
    [InlineData(2000.1, 14, "above the last")]
    [InlineData(1e9, 14, "far above")]
    public void Of_CountsUnderItsBound(double milliseconds, int slot, string reason)
    {
        Assert.True(DurationCell.Of(milliseconds).Counts[slot] == 1, reason);
    }

    [Theory]
    [InlineData(0.0, 0.2, "the bound the shortest lies above")]
    [InlineData(0.5, 0.35, "half way through the only bucket")]
    [InlineData(1.0, 0.5, "its upper bound")]
    public void Quantile_InsideOneBucket_IsInterpolated(double q, double expected, string reason)
    {
        var cell = Sum([.. Enumerable.Repeat(0.3, 99), 0.5]);

        Assert.True(Math.Abs(cell.Quantile(q)!.Value - expected) < 1e-9, $"{reason}: {cell.Quantile(q)}");
    }

    [Fact]
    public void Quantile_NeverExceedsTheLongest()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var cell = Sum([.. Enumerable.Range(0, random.Next(1, 50)).Select(_ => Math.Pow(10, (random.NextDouble() * 6) - 2))]);
            var quantiles = new[] { 0, 0.1, 0.5, 0.9, 0.99, 1 }.Select(q => cell.Quantile(q)!.Value).ToList();

            Assert.Equal(quantiles.Order(), quantiles);
            Assert.InRange(quantiles[^1], 0, cell.Max);
        }
    }

    [Fact]
    public void Quantile_IsWithinTheBucketOfTheTrueValue()
    {
        var random = new Random(4);
        double[] bounds = [0, .. DurationCell.Bounds, double.MaxValue];
        for (var round = 0; round < 200; round++)
        {
            var met = Enumerable.Range(0, 101).Select(_ => Math.Pow(10, (random.NextDouble() * 6) - 2)).Order().ToArray();
            var median = Sum(met).Quantile(0.5)!.Value;
            var bucket = Array.FindIndex(bounds, bound => met[50] <= bound);

            Assert.InRange(median, bounds[bucket - 1], bounds[bucket]);
        }
    }

    [Fact]
    public void Sum_WithNothing_ChangesNothing()
    {
        var cell = DurationCell.Of(3);

        Assert.Equal(cell, cell + default(DurationCell));
        Assert.Equal(cell, default(DurationCell) + cell);
    }

    private static DurationCell Sum(double[] milliseconds) =>
        milliseconds.Aggregate(default(DurationCell), (sum, one) => sum + DurationCell.Of(one));
}
