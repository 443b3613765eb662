namespace Dashboard.Metrics;

/// <summary>When memory will be full: there is a forecast only where a straight line fits.</summary>
public class ForecastTests
{
    [Fact]
    public void ExactLine_ReachesItsLimitAtTheForecastTime()
    {
        Assert.Equal(300, Forecast.TimeTo(600, Points(21, second => 100 + second))!.Value.TotalSeconds, 6);
    }

    [Theory]
    [InlineData(9, "nine points are too few")]
    [InlineData(12, "110 s are too short")]
    public void TooLittle_IsUnknown(int points, string reason)
    {
        Assert.True(Forecast.TimeTo(1e6, Points(points, second => second)) is null, reason);
    }

    [Fact]
    public void Flat_IsUnknown() => Assert.Null(Forecast.TimeTo(1000, Points(50, _ => 500)));

    [Fact]
    public void Falling_IsUnknown() => Assert.Null(Forecast.TimeTo(1000, Points(50, second => 500 - second)));

    [Fact]
    public void OverTheLimitAlready_IsUnknown() => Assert.Null(Forecast.TimeTo(100, Points(50, second => 200 + second)));

    [Fact]
    public void FurtherThanAYear_IsUnknown() => Assert.Null(Forecast.TimeTo(1e12, Points(50, second => second)));

    [Fact]
    public void None_IsUnknown() => Assert.Null(Forecast.TimeTo(100, []));

    [Fact]
    public void Noise_IsUnknown()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);

            Assert.Null(Forecast.TimeTo(10_000, Points(90, _ => 5_000 + random.Next(1000))));
        }
    }

    [Fact]
    public void RiseWithLittleNoise_IsForecastClosely()
    {
        var random = new Random(1);

        var left = Forecast.TimeTo(20_000, Points(90, second => 1000 + (10 * second) + random.Next(200)));

        Assert.InRange(left!.Value.TotalSeconds, 950, 1050);
    }

    /// <summary>Makes one point every 10 s, from a large first instant as monotonic clocks have.</summary>
    private static List<(double Seconds, double Value)> Points(int count, Func<double, double> value) =>
        [.. Enumerable.Range(0, count).Select(i => (1_000_000.0 + (10 * i), value(10 * i)))];
}
