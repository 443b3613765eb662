namespace Dashboard.Components.Charts;

public sealed class SparkDotsTests
{
    [Fact]
    public void Of_MoreValuesThanPixels_KeepsTheSpike()
    {
        double?[] values = [.. Enumerable.Range(0, 3600).Select(i => i == 1234 ? 999.0 : (double?)(i % 7))];

        var dots = SparkDots.Of(values, 100);

        Assert.InRange(dots.Count, 50, 100);
        Assert.Single(dots, dot => dot.Value == 999);
    }

    [Fact]
    public void Of_MoreValuesThanPixels_KeepsAGapOfAWholeStep()
    {
        double?[] values = [.. Enumerable.Range(0, 1000).Select(i => i is > 400 and < 500 ? null : (double?)i)];

        var dots = SparkDots.Of(values, 100);

        Assert.Contains(dots, dot => dot.Value is null);
        Assert.All(dots.Where(dot => dot.Value is null), dot => Assert.InRange(dot.X, 40, 50));
    }

    [Fact]
    public void Of_NoMoreValuesThanPixels_KeepsAll() =>
        Assert.Equal([new(0, 1), new(5, null), new(10, 3)], SparkDots.Of([1, null, 3], 10));
}
