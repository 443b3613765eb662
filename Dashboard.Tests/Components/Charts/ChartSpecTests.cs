using Dashboard.Metrics;

namespace Dashboard.Components.Charts;

public sealed class ChartSpecTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Series_TooFewOrTooMany_AreRefused(int count)
    {
        SeriesSpec[] series = [.. Enumerable.Range(0, count).Select(i => new SeriesSpec($"s{i}", "name"))];

        var fault = Assert.Throws<ArgumentException>(() => new ChartSpec("ops", "Operations", Unit.PerSecond, series));

        Assert.Contains("'ops'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_OfTheSameId_AreRefused() =>
        Assert.Throws<ArgumentException>(
            () => new ChartSpec("net", "Network", Unit.BytesPerSecond, new SeriesSpec("in", "in"), new SeriesSpec("in", "out")));
}
