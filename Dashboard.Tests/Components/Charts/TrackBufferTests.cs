using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

public sealed class TrackBufferTests
{
    private readonly TrackBuffer track = new();

    [Fact]
    public void Tail_SentTwice_ChangesNothing()
    {
        track.Seed(Points(1, 2, 3));

        track.Tail([new(3, 30), new(4, 40)]);
        track.Tail([new(3, 30), new(4, 40)]);

        Assert.Equal([new(1, 1), new(2, 2), new(3, 30), new(4, 40)], track.Points);
    }

    [Fact]
    public void Tail_BeforeEverything_ReplacesAll()
    {
        track.Seed(Points(10, 11));

        track.Tail(Points(5));

        Assert.Equal(Points(5), track.Points);
    }

    [Fact]
    public void Tail_Empty_ChangesNothing()
    {
        track.Seed(Points(1));

        track.Tail([]);

        Assert.Equal(Points(1), track.Points);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(601)]
    [InlineData(5000)]
    public void Seed_LongerThanTheLimit_KeepsTheNewest(int count)
    {
        track.Seed(Points([.. Enumerable.Range(1, count).Select(i => (long)i)]));

        Assert.Equal(TrackBuffer.Limit, track.Points.Count);
        Assert.Equal(count, track.Points[^1].Time);
    }

    [Fact]
    public void Tail_PastTheLimit_DropsTheOldest()
    {
        track.Seed(Points([.. Enumerable.Range(1, TrackBuffer.Limit).Select(i => (long)i)]));

        track.Tail(Points(1000, 1001));

        Assert.Equal(TrackBuffer.Limit, track.Points.Count);
        Assert.Equal(3, track.Points[0].Time);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    [InlineData(99, 1)]
    public void Trim_KeepsOnePointBeforeTheWindow(long from, int left)
    {
        track.Seed(Points(1, 2, 3, 4));

        track.Trim(from);

        Assert.Equal(left, track.Points.Count);
    }

    private static SeriesPoint[] Points(params long[] times) => [.. times.Select(time => new SeriesPoint(time, time))];
}
