using Dashboard.History;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Scenarios;

public sealed class HistoryClockTests : IDisposable
{
    private readonly OpenStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ClockSetAnHourAhead_AndBack_LeavesEveryTierCorrect()
    {
        var some = new SomeReadings(1);
        var before = some.Each(300);
        var ahead = some.Each(60, SomeReadings.Start.AddSeconds(300).AddHours(1));
        var back = some.Each(400, SomeReadings.Start.AddSeconds(360));

        foreach (var batch in before.Concat(ahead).Concat(back).Chunk(6))
        {
            _store.Write(batch);
        }

        AssertCounted([.. before, .. back, .. ahead]);
    }

    [Fact]
    public void ClockSetBack_CountsTheRepeatedTimeTwice()
    {
        var first = new SomeReadings(2).Each(400);
        var second = first.Skip(100).Take(200).Select(reading => reading with { At = reading.At.AddMilliseconds(500) }).ToList();

        _store.Write(first);
        _store.Reopen();
        foreach (var batch in second.Chunk(6))
        {
            _store.Write(batch);
        }

        AssertCounted([.. first.Concat(second).OrderBy(reading => reading.At)]);
    }

    /// <summary>Rolled-up rows before the newest stretch hold every count exactly once.</summary>
    private void AssertCounted(List<Reading> readings)
    {
        foreach (var tier in Tier.All.Skip(1))
        {
            var rows = _store.Rows(tier.Name);
            var expected = ReadingBuckets.Of(readings, tier.StepMs).SkipLast(1).ToList();
            Assert.Equal(expected.Select(row => row.At), rows.Select(row => row.At));
            foreach (var (all, row) in expected.Zip(rows))
            {
                Assert.Equal(all.Counters.Select(cell => (cell.Delta, cell.Peak)), row.Counters.Select(cell => (cell.Delta, cell.Peak)));
                Assert.Equal(all.Durations.Select(cell => cell.Counts.Sum()), row.Durations.Select(cell => cell.Counts.Sum()));
                Assert.Equal(all.Held, row.Held, 1e-6);
            }
        }
    }
}
