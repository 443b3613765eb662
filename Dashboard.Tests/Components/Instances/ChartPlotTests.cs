using Dashboard.Components.Charts;
using Dashboard.History;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Instances;

/// <summary>Charts are filled once and then continued, from the store and from memory as in the program.</summary>
public sealed class ChartPlotTests : IDisposable
{
    private static readonly IReadOnlyList<ChartSpec> Specs = [.. InstanceCharts.Of(Purpose.Cache).SelectMany(group => group.Charts)];
    private static readonly Metric[] Metrics =
        [.. Specs.SelectMany(spec => spec.Series).Select(series => MetricCatalog.Get(series.Id)).Distinct()];
    private readonly WriterFixture _history = new();

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData(5, 1, "each beat")]
    [InlineData(5, 40, "a hidden tab drew nothing for a while")]
    [InlineData(60, 7, "an hour")]
    [InlineData(6 * 60, 13, "a coarser tier")]
    public async Task ContinuedPlot_DrawsWhatAFreshOneWould(int minutes, int readingsABeat, string reason)
    {
        var (window, readings) = (TimeSpan.FromMinutes(minutes), new SomeReadings(21).EachWithGapsAndRestart(1400));
        var (feed, plot) = (Feed(window), (ChartPlot?)null);

        for (var count = 700; count <= readings.Count; count += readingsABeat)
        {
            plot = await BeatAsync(feed, plot, window, readings[..count], plot is null ? 0 : count - readingsABeat);
        }

        var fresh = Feed(window);
        var last = readings[..((readings.Count - 700) / readingsABeat * readingsABeat + 700)];
        await BeatAsync(fresh, null, window, last, last.Count);
        Assert.All(Specs, spec =>
        {
            Assert.True(Drawn(fresh, spec).SequenceEqual(Drawn(feed, spec)), $"{reason}: {spec.Id}");
            Assert.Equal(fresh[spec.Id].Marks, feed[spec.Id].Marks);
        });
    }

    [Fact]
    public async Task OutageLongerThanATail_KeepsItsBeginning()
    {
        var (window, readings) = (TimeSpan.FromMinutes(5), new SomeReadings(22).Each(300));
        for (var i = 100; i < 300; i++)
        {
            readings[i] = Reading.Nothing(readings[i].At);
        }

        var (feed, plot) = (Feed(window), (ChartPlot?)null);
        for (var count = 90; count <= 300; count += 1)
        {
            plot = await BeatAsync(feed, plot, window, readings[..count], plot is null ? 0 : count - 1);
        }

        var gap = Assert.Single(feed["memory"].Marks);
        Assert.Equal((readings[99].At.ToUnixTimeMilliseconds(), readings[299].At.ToUnixTimeMilliseconds()), (gap.Time, gap.Until));
    }

    /// <summary>Does what a page does at each beat, with the newest readings written to the store or not yet.</summary>
    private async Task<ChartPlot> BeatAsync(BoardFeed feed, ChartPlot? plot, TimeSpan window, List<Reading> readings, int written)
    {
        _history.Append(readings[written..]);
        if (written % 2 == 0)
        {
            _history.Writer.Flush();
        }

        var now = readings[^1].At.AddMilliseconds(150);
        _history.Time.SetUtcNow(now);
        feed.Advance(now);
        List<Reading> recent = [.. readings.Where(reading => reading.At > now - RecentReadings.Span)];
        if (plot is null)
        {
            return new ChartPlot(
                feed, Specs,
                await _history.Query.ReadAsync(
                    StoredRows.Cache, now - window, now, Metrics, recent, TestContext.Current.CancellationToken));
        }

        plot.Continue(await _history.Query.ContinueAsync(plot.Slice, now, recent, TestContext.Current.CancellationToken), now - window);
        return plot;
    }

    private static BoardFeed Feed(TimeSpan window) => new(Specs, window, SomeReadings.Start);

    /// <summary>The points on screen. Beyond the left edge a fresh plot has fewer of them.</summary>
    private static IEnumerable<SeriesPoint> Drawn(BoardFeed feed, ChartSpec spec) => spec.Series
        .SelectMany((_, series) => feed[spec.Id].Points(series))
        .Where(point => point.Time >= (feed.Now - feed.Window).ToUnixTimeMilliseconds());
}
