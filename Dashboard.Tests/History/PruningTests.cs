using Dapper;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.History;

public sealed class PruningTests : IDisposable
{
    private const long NoLimit = long.MaxValue;
    private static readonly DateTimeOffset Start = SomeReadings.Start;
    private readonly OpenStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void OldRows_AreRemovedByTheAgeLimitOfTheirTier()
    {
        var readings = EveryTenSeconds(7);
        _store.Write(readings);
        var now = readings[^1].At;

        Prune(now, NoLimit);

        Assert.Equal(
            readings.Where(reading => reading.At >= now.AddHours(-6)).Select(reading => reading.At),
            _store.Rows("1s").Select(row => row.At));
        Assert.Equal(readings.Count - 1, _store.Rows("10s").Count);
        Assert.Equal(7 * 60 - 1, _store.Rows("1m").Count);
    }

    [Fact]
    public void OnePass_RemovesLittle_SoThatReadingsNeedNotWait()
    {
        _store.Write(EveryTenSeconds(7));

        Assert.False(_store.Store.Prune(Start.AddDays(2), NoLimit));

        Assert.Equal(7 * 360 - 500, _store.Rows("1s").Count);
    }

    [Fact]
    public void SilentInstance_IsRolledUpBeforeItsRowsAreRemoved()
    {
        var readings = EveryTenSeconds(1);
        _store.Write(readings);

        Prune(Start.AddDays(2), NoLimit);

        Assert.Single(_store.Rows("1s"));
        Assert.Equal(4, _store.Rows("15m").Count);
        SameReading.Approximately(readings.Skip(270).Aggregate((all, next) => all.Then(next)), _store.Rows("15m")[^1]);
    }

    [Fact]
    public void FileAboveItsLimit_LosesItsFinestRowsFirst_AndNoneNotYetRolledUp()
    {
        var readings = EveryTenSeconds(5);
        _store.Write(readings[..^3]);
        var before = UsedBytes();

        Prune(readings[^1].At, before * 3 / 4);

        Assert.InRange(UsedBytes(), before / 4, before * 3 / 4);
        Assert.Equal(5 * 60 - 1, _store.Rows("1m").Count);
        _store.Reopen();
        _store.Write(readings[^3..]);
        Assert.Equal(
            ReadingBuckets.Of(readings, 900_000).SkipLast(1).Select(row => row.Counters[0].Delta),
            _store.Rows("15m").Select(row => row.Counters[0].Delta));
    }

    [Fact]
    public void FileWithATinyLimit_KeepsRowsNotYetRolledUp_AndPruningEnds()
    {
        var readings = new SomeReadings(8).Each(137);
        _store.Write(readings[..117]);

        Prune(Start.AddSeconds(117), maxBytes: 1);

        SameReading.Exactly(readings[110..117], _store.Rows("1s"));
        _store.Reopen();
        _store.Write(readings[117..]);
        SameReading.Approximately(readings[110..120].Aggregate((all, next) => all.Then(next)), _store.Rows("10s")[^2]);
        SameReading.Approximately(readings[60..120].Aggregate((all, next) => all.Then(next)), _store.Rows("1m")[^1]);
    }

    [Fact]
    public void FreedPages_AreReturnedToTheDisk()
    {
        var reading = new SomeReadings(9).One(Start);
        _store.Write([.. Enumerable.Range(0, 30_000).Select(second => reading with { At = Start.AddSeconds(second) })]);
        var before = _store.File.Bytes;

        for (var pass = 0; pass < 100; pass++)
        {
            _store.Store.Prune(Start.AddSeconds(30_000), maxBytes: 3 << 20);
        }

        _store.Reopen();
        Assert.InRange(_store.File.Bytes, 1 << 20, before / 2);
    }

    private static List<Reading> EveryTenSeconds(int hours)
    {
        var some = new SomeReadings(hours);
        return [.. Enumerable.Range(0, hours * 360).Select(ten => some.One(Start.AddSeconds(10 * ten)))];
    }

    private void Prune(DateTimeOffset now, long maxBytes)
    {
        var passes = 0;
        while (!_store.Store.Prune(now, maxBytes))
        {
            Assert.True(++passes < 1000, "Pruning does not end.");
        }
    }

    private long UsedBytes()
    {
        using var connection = _store.File.OpenToRead();
        return connection.QuerySingle<long>(
            "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
    }
}
