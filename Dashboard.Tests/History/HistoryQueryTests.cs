using Dapper;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

public sealed class HistoryQueryTests : IDisposable
{
    private static readonly DateTimeOffset Start = SomeReadings.Start;
    private readonly WriterFixture _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task ShortWindow_GivesTheRawReadings()
    {
        var readings = new SomeReadings(1).EachWithGapsAndRestart(600);
        _history.Append(readings);
        _history.Writer.Flush();

        var slice = await _history.Read(Start, Start.AddMinutes(10));

        Assert.Equal("1s", slice.Tier.Name);
        Assert.Null(slice.Note);
        SameReading.Exactly(readings, slice.Readings);
    }

    [Fact]
    public async Task Window_IncludesItsStart_AndNotItsEnd()
    {
        var readings = Enumerable.Range(0, 10).Select(second => new SomeReadings(second).One(Start.AddSeconds(second))).ToList();
        _history.Append(readings);
        _history.Writer.Flush();

        var slice = await _history.Read(Start.AddSeconds(2), Start.AddSeconds(5));

        SameReading.Exactly(readings[2..5], [.. slice.Readings.Where(reading => reading.At >= slice.From)]);
    }

    [Fact]
    public async Task ReadingsNotYetWritten_ComeFromMemoryWithoutDuplicates()
    {
        var readings = new SomeReadings(2).EachWithGapsAndRestart(300);
        _history.Append(readings[..200]);
        _history.Writer.Flush();

        var slice = await _history.Read(Start, Start.AddMinutes(5), readings[150..]);

        SameReading.Exactly(readings, slice.Readings);
    }

    [Theory]
    [InlineData(6, 10_000)]
    [InlineData(24, 60_000)]
    [InlineData(24 * 7, 900_000)]
    public async Task CoarseWindow_IsCorrectUpToNow(int hours, int step)
    {
        var readings = new SomeReadings(3).EachWithGapsAndRestart(2500);
        var now = readings[^1].At.AddMilliseconds(1);
        _history.Append(readings[..^4]);
        _history.Writer.Flush();

        var slice = await _history.Read(now.AddHours(-hours), now, readings[^60..]);

        Assert.Equal(step, slice.Tier.StepMs);
        var expected = ReadingBuckets.Of(readings, step).ToList();
        Assert.Equal(expected.Select(row => row.At), slice.Readings.Select(row => row.At));
        Assert.All(expected.Zip(slice.Readings), pair => SameReading.Approximately(pair.First, pair.Second));
    }

    [Fact]
    public async Task FinestRowsRemovedForSpace_AreReplacedByTheNextCoarserTier()
    {
        var readings = new SomeReadings(10).Each(3000);
        var now = readings[^1].At.AddMilliseconds(1);
        _history.Append(readings);
        _history.Writer.Flush();
        using (var connection = new SqliteConnection($"Data Source={_history.File.Path};Pooling=false"))
        {
            connection.Execute("DELETE FROM readings_1s WHERE at < @before", new { before = now.AddMinutes(-10).ToUnixTimeMilliseconds() });
        }

        var (hour, minutes) = (await _history.Read(now.AddHours(-1), now), await _history.Read(now.AddMinutes(-5), now));

        Assert.Equal(("10s", "1s"), (hour.Tier.Name, minutes.Tier.Name));
        Assert.Equal(hour.Tier.Step, hour.Scale.DataStep);
        Assert.Equal(ReadingBuckets.Of(readings, 10_000).Select(row => row.At), hour.Readings.Select(row => row.At));
    }

    [Fact]
    public async Task ShortHistory_IsReadInTheTierOfItsWindow()
    {
        var readings = new SomeReadings(11).Each(200);
        _history.Append(readings);
        _history.Writer.Flush();

        var slice = await _history.Read(readings[^1].At.AddHours(-1), readings[^1].At);

        Assert.Equal("1s", slice.Tier.Name);
    }

    [Fact]
    public async Task StoreNeverOpened_GivesTheReadingsInMemory()
    {
        var readings = new SomeReadings(4).Each(30);

        var slice = await _history.Read(Start, Start.AddMinutes(5), readings);

        SameReading.Exactly(readings, slice.Readings);
    }

    [Fact]
    public async Task OnlyTheRequestedMetrics_AreRead()
    {
        _history.Append(new SomeReadings(5).Each(20));
        _history.Writer.Flush();

        var slice =
            await _history.Query.ReadAsync(
                StoredRows.Cache, Start, Start.AddMinutes(5), [MetricCatalog.Get("hit_rate")], [], TestContext.Current.CancellationToken);

        Assert.All(slice.Readings, reading => Assert.True(reading.Counters[MetricCatalog.Counter("keyspace_hits")].Seconds > 0));
        Assert.All(slice.Readings, reading => Assert.Equal(default, reading.Counters[MetricCatalog.Counter("commands")]));
        Assert.All(slice.Readings, reading => Assert.Equal(default, reading.Gauges[MetricCatalog.Gauge("keys")]));
    }

    [Theory]
    [MemberData(nameof(Derived))]
    public async Task DerivedMetric_NeedsOnlyItsParts(string id)
    {
        _history.Append(new SomeReadings(6).Each(60));
        _history.Writer.Flush();
        var metric = MetricCatalog.Get(id);

        var all = await _history.Read(Start, Start.AddMinutes(5));
        var parts =
            await _history.Query.ReadAsync(
                StoredRows.Cache, Start, Start.AddMinutes(5), [metric], [], TestContext.Current.CancellationToken);

        Assert.Equal(all.Readings.Select(metric.Over), parts.Readings.Select(metric.Over));
        Assert.Contains(parts.Readings, reading => metric.Over(reading) is not null);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(6)]
    [InlineData(24)]
    public async Task ContinuedSlice_GivesThePointsOfAWholeRead(double hours)
    {
        var readings = new SomeReadings(9).EachWithGapsAndRestart(2400);
        var metric = MetricCatalog.Get("hit_rate");
        var points = new List<SeriesPoint>();
        var (begin, slice) = (default(DateTimeOffset), (HistorySlice?)null);

        for (var count = 1000; count < readings.Count; count += 97)
        {
            var (now, recent) = (readings[count].At.AddMilliseconds(1), readings[Math.Max(0, count - 899)..(count + 1)]);
            _history.Append(slice is null ? readings[..(count + 1)] : readings[(count - 96)..(count + 1)]);
            _history.Writer.Flush();
            slice = slice is null
                ? await _history.Read(now.AddHours(-hours), now, recent)
                : await _history.Query.ContinueAsync(slice, now, recent, TestContext.Current.CancellationToken);
            begin = begin == default ? slice.From : begin;
            var tail = slice.Series().Line(metric);
            points.RemoveAll(point => point.Time >= tail[0].Time);
            points.AddRange(tail);
        }

        var whole = await _history.Read(begin, _history.Time.GetUtcNow().AddMilliseconds(1));
        Assert.Equal(slice!.Tier, whole.Tier);
        Assert.Equal(new SeriesBuilder(whole.Readings, slice.Scale, begin).Line(metric), points);
    }

    [Fact]
    public async Task AnotherInstance_HasItsOwnReadings()
    {
        _history.Append(new SomeReadings(7).Each(20));
        _history.Writer.Append(InstanceId.Of("cable"), new SomeReadings(8).One(Start));
        _history.Writer.Flush();

        var slice =
            await _history.Query.ReadAsync(
                InstanceId.Of("cable"), Start, Start.AddMinutes(5), MetricCatalog.All, [], TestContext.Current.CancellationToken);

        Assert.Single(slice.Readings);
    }

    public static TheoryData<string> Derived() => [.. MetricCatalog.Derived.Select(metric => metric.Id)];
}
