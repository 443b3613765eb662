using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

public sealed class ChartRowsTests
{
    private static readonly ChartSpec Spec =
        new("net", "Network", Unit.BytesPerSecond, new SeriesSpec("in", "in"), new SeriesSpec("out", "out", Tone.Muted));
    private readonly BoardFeed _board = new([Spec], TimeSpan.FromMinutes(5), DateTimeOffset.UnixEpoch);

    [Fact]
    public void Newest_OfManyPoints_AreFewAndNewestFirst()
    {
        _board.Seed("net", new ChartTrack("in", [.. Enumerable.Range(1, 300).Select(i => new SeriesPoint(i * 1000, i))]));

        ChartRow[] rows = [.. ChartRows.Newest(_board["net"])];

        Assert.Equal(ChartRows.Most, rows.Length);
        Assert.Equal(300_000, rows[0].Time);
        Assert.Equal(TimeSpan.FromSeconds(10), rows[1].Age);
    }

    [Fact]
    public void Newest_WhereOneSeriesHasNoPoint_LeavesItUnknown()
    {
        _board.Seed("net", new ChartTrack("in", [new(1000, 1), new(2000, 2)]), new ChartTrack("out", [new(1000, 7)]));

        Assert.Equal([[2, null], [1, 7]], ChartRows.Newest(_board["net"]).Select(row => row.Values));
    }

    [Fact]
    public void Newest_OfNoPoints_AreNone() => Assert.Empty(ChartRows.Newest(_board["net"]));
}
