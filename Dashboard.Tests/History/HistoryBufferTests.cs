using Dashboard.Metrics;

namespace Dashboard.History;

public sealed class HistoryBufferTests
{
    private readonly HistoryBuffer _buffer = new();
    private readonly Reading _reading = Reading.Nothing(SomeReadings.Start);

    [Fact]
    public void Readings_AreTakenInOrder_UpToTheNumberAskedFor()
    {
        Append(5);

        Assert.Equal([0, 1, 2], Seconds(_buffer.Take(3)));
        Assert.Equal(2, _buffer.Count);
        Assert.Equal([3, 4], Seconds(_buffer.Take(3)));
        Assert.Empty(_buffer.Take(3));
    }

    [Fact]
    public void FullBuffer_LosesTheOldest()
    {
        Append(HistoryBuffer.Capacity + 2);

        Assert.Equal((HistoryBuffer.Capacity, 2L), (_buffer.Count, _buffer.Dropped));
        Assert.Equal([2], Seconds(_buffer.Take(1)));
    }

    [Fact]
    public void ReadingsGivenUp_AreCounted()
    {
        _buffer.CountLost(3);
        _buffer.CountLost(1);

        Assert.Equal(4, _buffer.Dropped);
    }

    [Fact]
    public void ManyThreadsAtOnce_LoseNothing()
    {
        Parallel.For(0, 8, _ => Append(1000));

        Assert.Equal((8000, 0L), (_buffer.Take(int.MaxValue).Count, _buffer.Dropped));
    }

    private static IEnumerable<int> Seconds(List<HistoryEntry> entries) =>
        entries.Select(entry => (int)(entry.Reading.At - SomeReadings.Start).TotalSeconds);

    private void Append(int count)
    {
        for (var second = 0; second < count; second++)
        {
            _buffer.Append(StoredRows.Cache, _reading with { At = SomeReadings.Start.AddSeconds(second) });
        }
    }
}
