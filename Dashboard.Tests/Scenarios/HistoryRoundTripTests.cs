using Dashboard.History;
using Dashboard.Metrics;

namespace Dashboard.Scenarios;

public sealed class HistoryRoundTripTests : IDisposable
{
    private readonly OpenStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Readings_WrittenAndReadBack_AreTheSame(int seed)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(300);

        _store.Write(readings);

        SameReading.Exactly(readings, _store.Rows("1s"));
    }

    [Fact]
    public void RolledUpReading_WrittenAndReadBack_IsTheSame()
    {
        var readings = new SomeReadings(4).EachWithGapsAndRestart(300);
        var joined = readings.Chunk(7).Select(chunk => Reading.Join(chunk)!).ToList();

        _store.Write(joined);

        SameReading.Exactly(joined, _store.Rows("1s"));
    }

    [Fact]
    public void Reading_WithCellsThatKnowLessThanTheRow_IsTheSame()
    {
        var reading = new SomeReadings(5).One(SomeReadings.Start);
        reading.Counters[0] = new(12, 0.25, 99);
        reading.Gauges[0] = new(1, 9, 4, 2.5, 0.5);

        _store.Write([reading]);

        SameReading.Exactly([reading], _store.Rows("1s"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Gauge_ThatIsNotANumber_ComesBackUnknown(double value)
    {
        var reading = new SomeReadings(6).One(SomeReadings.Start);
        reading.Gauges[0] = GaugeCell.Of(value, 1);

        _store.Write([reading]);

        Assert.Equal(default, _store.Rows("1s").Single().Gauges[0]);
    }
}
