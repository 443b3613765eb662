namespace Dashboard.Demo.Load;

/// <summary>The rise and fall of the load over a day.</summary>
public sealed class LoadCurveTests
{
    [Fact]
    public void At_WholeDays_StaysWithinItsBoundsAndAveragesTheUsual()
    {
        var values = Enumerable.Range(0, 42_000).Select(second => LoadCurve.At(second)).ToArray();

        Assert.All(values, value => Assert.InRange(value, 0.6, 1.4));
        Assert.InRange(values.Average(), 0.99, 1.01);
        Assert.True(values.Max() - values.Min() > 0.6, "busy hours differ from quiet ones");
    }

    [Fact]
    public void Now_TenTimesASecond_MakesTheRate()
    {
        var random = new Random(7);

        var made = Enumerable.Range(0, 42_000).Sum(tick => LoadCurve.Now(3, tick / 10.0, random));

        Assert.InRange(made / 4_200.0, 2.9, 3.1);
    }
}
