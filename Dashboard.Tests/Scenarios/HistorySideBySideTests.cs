using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Scenarios;

public sealed class HistorySideBySideTests : IDisposable
{
    private static readonly DateTimeOffset Start = SomeReadings.Start;
    private readonly WriterFixture _history = new();

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task ReaderBesideTheWriter_SeesEachReadingOnce_AsOfOneMoment(int hours)
    {
        var readings = new SomeReadings(1).Each(1200);
        var (end, slot) = (readings[^1].At, MetricCatalog.Counter("keyspace_hits"));
        _history.Append(readings[..4]);
        _history.Writer.Flush();
        var totals = new HashSet<double>();
        for (var (count, sum) = (0, 0.0); count < readings.Count; count++)
        {
            totals.Add(sum += readings[count].Counters[slot].Delta);
        }

        var writing = Task.Run(
            () =>
            {
                foreach (var batch in readings[4..].Chunk(7))
                {
                    _history.Append(batch);
                    _history.Writer.Flush();
                }
            },
            TestContext.Current.CancellationToken);
        while (!writing.IsCompleted)
        {
            var slice = await _history.Read(end.AddHours(-hours), end.AddSeconds(1));
            Assert.Null(slice.Note);
            Assert.Contains(slice.Readings.Sum(reading => reading.Counters[slot].Delta), totals);
        }

        await writing;
        var whole = await _history.Read(end.AddHours(-hours), end.AddSeconds(1));
        Assert.Equal(totals.Max(), whole.Readings.Sum(reading => reading.Counters[slot].Delta));
    }

    [Fact]
    public void Instances_AreRolledUpSeparately()
    {
        using var store = new OpenStore();
        var instances = "cache cable session".Split(' ')
            .Select((id, seed) => (Id: InstanceId.Of(id), Readings: new SomeReadings(seed).EachWithGapsAndRestart(400))).ToList();

        for (var batch = 0; batch < 400; batch += 5)
        {
            store.Store.Write(
                [.. instances.SelectMany(
                    instance => instance.Readings.Skip(batch).Take(5).Select(reading => new HistoryEntry(instance.Id, reading)))]);
        }

        foreach (var (id, readings) in instances)
        {
            SameReading.Exactly(readings, StoredRows.Of(store.File, "1s", id));
            var expected = ReadingBuckets.Of(readings, 10_000).SkipLast(1).ToList();
            var rows = StoredRows.Of(store.File, "10s", id);
            Assert.Equal(expected.Count, rows.Count);
            Assert.All(expected.Zip(rows), pair => SameReading.Approximately(pair.First, pair.Second));
        }
    }

    [Fact]
    public async Task InstanceNotInHistory_HasTheReadingsInMemory()
    {
        _history.Append(new SomeReadings(3).Each(5));
        _history.Writer.Flush();
        var recent = new SomeReadings(4).Each(5);

        var slice =
            await _history.Query.ReadAsync(
                InstanceId.Of("new"), Start, Start.AddMinutes(5), MetricCatalog.All, recent, TestContext.Current.CancellationToken);

        SameReading.Exactly(recent, slice.Readings);
        Assert.Null(slice.Note);
    }
}
