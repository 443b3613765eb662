using Dashboard.Metrics;

namespace Dashboard.History;

public sealed class RollUpTests : IDisposable
{
    private readonly OpenStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void EveryTier_WithGapResetAndRestartInside_AgreesWithTheRawRows(int seed)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(3700);

        foreach (var batch in readings.Chunk(2 + seed))
        {
            _store.Write(batch);
        }

        foreach (var (tier, step, rows) in new[] { ("10s", 10_000, 370), ("1m", 60_000, 61), ("15m", 900_000, 4) })
        {
            var rolled = _store.Rows(tier);
            Assert.InRange(rolled.Count, rows - 4, rows);
            Assert.All(rolled, row => SameReading.Approximately(Raw(readings, row.At, step), row));
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Rows_WrittenWithCrashesBetween_EqualThoseWrittenInOneGo(int seed)
    {
        var readings = new SomeReadings(seed).EachWithGapsAndRestart(2000);
        using var inOneGo = new OpenStore();
        inOneGo.Write(readings);
        var random = new Random(seed);

        foreach (var batch in readings.Chunk(37))
        {
            _store.Write(batch);
            if (random.Next(4) == 0)
            {
                _store.Reopen();
            }
        }

        foreach (var tier in new[] { "1s", "10s", "1m", "15m" })
        {
            SameReading.Exactly(inOneGo.Rows(tier), _store.Rows(tier));
        }
    }

    [Fact]
    public void Readings_WrittenTwice_CountOnce()
    {
        var readings = new SomeReadings(31).Each(130);

        _store.Write(readings);
        _store.Write(readings.Take(40));
        _store.Reopen();
        _store.Write(readings);

        SameReading.Exactly(readings, _store.Rows("1s"));
        Assert.All(_store.Rows("10s"), row => SameReading.Approximately(Raw(readings, row.At, 10_000), row));
    }

    [Fact]
    public void LateReadings_AreIncludedInEveryTier()
    {
        var all = new SomeReadings(41).Each(1000);
        var late = all.Where((_, index) => index % 9 == 4).ToList();

        _store.Write(all.Except(late));
        _store.Reopen();
        _store.Write(late);

        foreach (var (tier, step) in new[] { ("10s", 10_000), ("1m", 60_000), ("15m", 900_000) })
        {
            Assert.All(_store.Rows(tier), row => SameCounters(Raw(all, row.At, step), row));
        }
    }

    [Fact]
    public void EmptyStretch_FilledAfterTheWallClockWasSetBack_IsIncludedInEveryTier()
    {
        var readings = new SomeReadings(51).Each(600);
        var before = readings.Where((_, second) => second is < 12 or > 130).ToList();
        var after = readings.Where((_, second) => second is >= 12 and <= 130).ToList();

        _store.Write(before);
        _store.Reopen();
        _store.Write(after);

        Assert.All(_store.Rows("10s"), row => SameCounters(Raw(readings, row.At, 10_000), row));
        Assert.All(_store.Rows("1m"), row => SameCounters(Raw(readings, row.At, 60_000), row));
        Assert.Equal(59, _store.Rows("10s").Count);
        Assert.Equal(9, _store.Rows("1m").Count);
    }

    [Fact]
    public void ReadingsIntoAStretchRolledUpInSilence_AreIncludedInEveryTier_AfterARestartToo()
    {
        var readings = new SomeReadings(52).Each(200);
        var late = readings[25..45];
        _store.Write(readings[..12]);
        _store.Store.Prune(SomeReadings.Start.AddMinutes(5), long.MaxValue);
        _store.Reopen();

        _store.Write(late);
        _store.Write(readings[190..]);

        Reading[] all = [.. readings[..12], .. late, .. readings[190..]];
        Assert.Equal(5, _store.Rows("10s").Count);
        SameCounters(Raw([.. all], SomeReadings.Start, 60_000), _store.Rows("1m")[0]);
    }

    [Fact]
    public void UnfinishedStretch_HasNoRow()
    {
        _store.Write(new SomeReadings(61).Each(59));

        Assert.Equal(5, _store.Rows("10s").Count);
        Assert.Empty(_store.Rows("1m"));
    }

    private static Reading Raw(List<Reading> readings, DateTimeOffset start, int step) =>
        readings.Where(reading => reading.At >= start && reading.At < start.AddMilliseconds(step)).Aggregate((all, next) => all.Then(next));

    /// <summary>Compares the values that do not depend on the order of the readings.</summary>
    private static void SameCounters(Reading expected, Reading actual)
    {
        Assert.Equal(
            expected.Counters.Select(cell => (cell.Delta, Math.Round(cell.Seconds, 9), cell.Peak)),
            actual.Counters.Select(cell => (cell.Delta, Math.Round(cell.Seconds, 9), cell.Peak)));
        Assert.Equal(
            expected.Gauges.Select(cell => (cell.Min, cell.Max, Math.Round(cell.Seconds, 9))),
            actual.Gauges.Select(cell => (cell.Min, cell.Max, Math.Round(cell.Seconds, 9))));
    }
}
