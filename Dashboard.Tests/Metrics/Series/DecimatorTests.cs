namespace Dashboard.Metrics.Series;

public sealed class DecimatorTests
{
    [Fact]
    public void Stretch_KeepsItsLowestAndItsHighest_InTheOrderOfTime()
    {
        Assert.Equal(
            [new(1, 9), new(3, 2), new(11, 1), new(12, 8)],
            Decimate(10, (0, 5), (1, 9), (2, 4), (3, 2), (4, 3), (10, 6), (11, 1), (12, 8)));
    }

    [Fact]
    public void Extreme_CountsMoreThanTheValue()
    {
        var decimator = new Decimator(10);
        decimator.Add(0, 5, false);
        decimator.Add(1, new MetricValue(4, 4, 90), false);
        decimator.Add(2, 6, false);
        decimator.Add(3, 1, false);

        Assert.Equal([new(1, 90), new(3, 1)], decimator.Points());
    }

    [Fact]
    public void OneReading_ThatIsLowestAndHighest_IsDrawnWithItsPeakBeside()
    {
        var decimator = new Decimator(10);
        decimator.Add(2, new MetricValue(4, 4, 90), false);

        Assert.Equal([new(2, 4), new(3, 90)], decimator.Points());
    }

    [Fact]
    public void FlatStretch_IsOnePoint()
    {
        Assert.Equal([new(0, 7)], Decimate(10, (0, 7), (1, 7), (2, 7)));
    }

    [Fact]
    public void StretchOfUnknowns_IsOneGap_AndUnknownsAmongValuesAreNone()
    {
        Assert.Equal(
            [new(0, 1), new(1, 2), new(10, null), new(21, 3)],
            Decimate(10, (0, 1), (1, 2), (2, null), (10, null), (11, null), (20, null), (21, 3)));
    }

    [Fact]
    public void ValueAfterAGap_HasABreakBeforeIt()
    {
        var decimator = new Decimator(10);
        decimator.Add(0, 1, false);
        decimator.Add(50, 2, true);

        Assert.Equal([new(0, 1), new(49, null), new(50, 2)], decimator.Points());
    }

    [Fact]
    public void WithoutStretches_EveryPointIsKept_WithItsExtremes()
    {
        var decimator = new Decimator(0);
        decimator.Add(0, 1, false);
        decimator.Add(1, new MetricValue(2, 2, 5), false);
        decimator.Add(2, null, false);

        Assert.Equal([new(0, 1), new(1, 2, 2, 5), new(2, null)], decimator.Points());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnyLine_KeepsItsExtremesAndItsOrder(int seed)
    {
        var random = new Random(seed);
        var line = Enumerable.Range(0, 2000)
            .Select(time => ((long)time, random.Next(20) == 0 ? null : (double?)Math.Pow(random.NextDouble(), 9))).ToArray();

        var points = Decimate(13, line);

        Assert.Equal(line.Max(point => point.Item2), points.Max(point => point.Value));
        Assert.Equal(line.Min(point => point.Item2), points.Min(point => point.Value));
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First.Time < pair.Second.Time));
        Assert.All(points, point => Assert.True(point.Value is null || line[point.Time].Item2 == point.Value));
        Assert.True(points.Count <= 2 * ((2000 / 13) + 1));
    }

    private static IReadOnlyList<SeriesPoint> Decimate(long step, params (long Time, double? Value)[] line)
    {
        var decimator = new Decimator(step);
        foreach (var (time, value) in line)
        {
            decimator.Add(time, value is { } known ? known : null, afterGap: false);
        }

        return decimator.Points();
    }
}
