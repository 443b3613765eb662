namespace Dashboard.Metrics;

/// <summary>Counter and gauge cells: an unknown value is not zero, and how they are grouped in a sum does not matter.</summary>
public class CounterCellTests
{
    [Fact]
    public void Counter_OfNothing_HasNoRate()
    {
        Assert.Null(default(CounterCell).Rate);
        Assert.Equal(0, new CounterCell(0, 5, 0).Rate);
    }

    [Fact]
    public void Counters_Joined_KeepTheHighestRateAndTheTrueMean()
    {
        var joined = new CounterCell(100, 1, 100) + new CounterCell(20, 2, 10);

        Assert.Equal(new CounterCell(120, 3, 100), joined);
        Assert.Equal(40, joined.Rate);
    }

    [Fact]
    public void Gauge_OfNothing_HasNoMean()
    {
        Assert.Null(default(GaugeCell).Mean);
        Assert.Equal(0, GaugeCell.Of(0, 1).Mean);
    }

    [Fact]
    public void Gauges_Joined_AreWeightedByTheTimeTheyHeld()
    {
        var joined = GaugeCell.Of(10, 1) + GaugeCell.Of(40, 3);

        Assert.Equal(new GaugeCell(10, 40, 40, 130, 4), joined);
        Assert.Equal(32.5, joined.Mean);
    }

    [Fact]
    public void Gauges_WithAGapBetween_KeepTheLastKnownValue()
    {
        Assert.Equal(7, (GaugeCell.Of(7, 1) + default(GaugeCell)).Last);
        Assert.Equal(7, (default(GaugeCell) + GaugeCell.Of(7, 1)).Min);
    }

    [Fact]
    public void Cells_AddAssociatively()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            // Whole numbers, so that the sums are exact and may be compared exactly.
            var (a, b, c) = (Counter(), Counter(), Counter());
            var (x, y, z) = (Gauge(), Gauge(), Gauge());

            Assert.Equal(a + b + c, a + (b + c));
            Assert.Equal(x + y + z, x + (y + z));
        }

        CounterCell Counter() => random.Next(4) == 0 ? default : new(random.Next(1000), random.Next(1, 9), random.Next(1000));
        GaugeCell Gauge() => random.Next(4) == 0 ? default : GaugeCell.Of(random.Next(1000), random.Next(1, 9));
    }
}
