using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

public sealed class TrackBufferTests
{
    private readonly TrackBuffer _track = new();

    [Fact]
    public void Tail_SentTwice_ChangesNothing()
    {
        _track.Seed(Points(1, 2, 3));

        _track.Tail([new(3, 30), new(4, 40)]);
        _track.Tail([new(3, 30), new(4, 40)]);

        Assert.Equal([new(1, 1), new(2, 2), new(3, 30), new(4, 40)], _track.Points);
    }

    [Fact]
    public void Tail_BeforeEverything_ReplacesAll()
    {
        _track.Seed(Points(10, 11));

        _track.Tail(Points(5));

        Assert.Equal(Points(5), _track.Points);
    }

    [Fact]
    public void Tail_Empty_ChangesNothing()
    {
        _track.Seed(Points(1));

        _track.Tail([]);

        Assert.Equal(Points(1), _track.Points);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(601)]
    [InlineData(5000)]
    public void Seed_LongerThanTheLimit_KeepsTheNewest(int count)
    {
        _track.Seed(Points([.. Enumerable.Range(1, count).Select(i => (long)i)]));

        Assert.Equal(TrackBuffer.Limit, _track.Points.Count);
        Assert.Equal(count, _track.Points[^1].Time);
    }

    [Fact]
    public void Tail_PastTheLimit_DropsTheOldest()
    {
        _track.Seed(Points([.. Enumerable.Range(1, TrackBuffer.Limit).Select(i => (long)i)]));

        _track.Tail(Points(1000, 1001));

        Assert.Equal(TrackBuffer.Limit, _track.Points.Count);
        Assert.Equal(3, _track.Points[0].Time);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    [InlineData(99, 1)]
    public void Trim_KeepsOnePointBeforeTheWindow(long from, int left)
    {
        _track.Seed(Points(1, 2, 3, 4));

        _track.Trim(from);

        Assert.Equal(left, _track.Points.Count);
    }

    private static SeriesPoint[] Points(params long[] times) => [.. times.Select(time => new SeriesPoint(time, time))];
}
