using Dashboard.Components.Charts;
using Dashboard.History;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Instances;

/// <summary>One drawing of a page's charts: filled once from a slice of history and then continued from its end.</summary>
internal sealed class ChartPlot
{
    private readonly BoardFeed _feed;
    private readonly IReadOnlyList<ChartSpec> _specs;
    private readonly MarkHistory _marks;

    /// <summary>Draws the slice.</summary>
    public ChartPlot(BoardFeed feed, IReadOnlyList<ChartSpec> specs, HistorySlice slice)
    {
        (_feed, _specs, Slice, _marks) = (feed, specs, slice, new MarkHistory(slice.Scale));
        var series = slice.Series();
        Draw(chart => _feed.Seed(chart.Id, Tracks(chart, series)), slice.From);
    }

    /// <summary>The slice drawn last; the next one continues it.</summary>
    public HistorySlice Slice { get; private set; }

    public string Resolution => Slice.Scale.DrawsEach
        ? $"one point each {Format(Slice.Scale.DataStep)}"
        : $"one point each {Format(Slice.Scale.Bucket)} with least and greatest, from readings each {Format(Slice.Scale.DataStep)}";

    /// <summary>Draws what is new.</summary>
    /// <param name="from">The left edge of the charts now.</param>
    public void Continue(HistorySlice slice, DateTimeOffset from)
    {
        Slice = slice;
        if (slice.Readings.Count > 0)
        {
            var series = slice.Series();
            Draw(chart => _feed.Tail(chart.Id, Tracks(chart, series)), from);
        }
    }

    private void Draw(Action<ChartSpec> draw, DateTimeOffset from)
    {
        var marks = _marks.After(Slice.Readings, from);
        foreach (var spec in _specs)
        {
            draw(spec);
            _feed.Mark(spec.Id, marks);
        }
    }

    private static ChartTrack[] Tracks(ChartSpec spec, SeriesBuilder builder) =>
    [
        .. spec.Series.Select(series =>
        {
            var metric = MetricCatalog.Get(series.Id);
            return new ChartTrack(series.Id, spec.Series.Count == 1 ? builder.Line(metric) : builder.Envelope(metric));
        }),
    ];

    private static string Format(TimeSpan step) => step.TotalMinutes >= 1 ? $"{step.TotalMinutes:0.#} min" : $"{step.TotalSeconds:0.#} s";
}
