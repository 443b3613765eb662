using Dashboard.Components.Charts;
using Dashboard.History;
using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>One drawing of a page's charts: at one resolution, filled once and then continued.</summary>
internal sealed class ChartPlot(BoardFeed feed, IReadOnlyList<ChartSpec> specs, Tier tier, ChartScale scale)
{
    private IReadOnlyList<ChartMark> _marks = [];

    public Tier Tier { get; } = tier;

    public ChartScale Scale { get; } = scale;

    /// <summary>Why older readings are missing; null when none are.</summary>
    public string? Note { get; private set; }

    public string Resolution => Scale.DrawsEach
        ? $"one point each {Words(Scale.DataStep)}"
        : $"one point each {Words(Scale.Bucket)} with least and greatest, from readings each {Words(Scale.DataStep)}";

    public void Seed(HistorySlice slice, DateTimeOffset from)
    {
        Note = slice.Note;
        var builder = new SeriesBuilder(slice.Readings, Scale, from);
        foreach (var spec in specs)
        {
            feed.Seed(spec.Id, Tracks(spec, builder));
        }

        Mark(builder, from);
    }

    /// <param name="readings">The newest ones, reaching back at least as far as the last stretch drawn.</param>
    public void Tail(IReadOnlyList<Reading> readings, DateTimeOffset now)
    {
        if (readings.Count == 0)
        {
            return;
        }

        var from = Scale.TailFrom(now);
        var needed = Scale.ReadFrom(from);
        var builder = new SeriesBuilder([.. readings.SkipWhile(reading => reading.At < needed)], Scale, from);
        foreach (var spec in specs)
        {
            feed.Tail(spec.Id, Tracks(spec, builder));
        }

        Mark(new SeriesBuilder(readings, Scale, readings[0].At), readings[0].At);
    }

    private static ChartTrack[] Tracks(ChartSpec spec, SeriesBuilder builder) =>
    [
        .. spec.Series.Select(series =>
        {
            var metric = MetricCatalog.Get(series.Id);
            var points = spec.Series.Count == 1 ? builder.Line(metric) : builder.Envelope(metric);
            return new ChartTrack(series.Id, [.. points.Select(point => new ChartPoint(point.Time, point.Value, point.Low, point.High))]);
        }),
    ];

    /// <summary>Marks before what was read stay; those it covers are told anew.</summary>
    private void Mark(SeriesBuilder builder, DateTimeOffset from)
    {
        var start = from.ToUnixTimeMilliseconds();
        IReadOnlyList<ChartMark> marks =
        [
            .. _marks.Where(mark => (mark.Until ?? mark.Time) < start),
            .. builder.Marks.Select(mark => new ChartMark(mark.Time, mark.Text, mark.Until)),
        ];
        if (marks.SequenceEqual(_marks))
        {
            return;
        }

        _marks = marks;
        foreach (var spec in specs)
        {
            feed.Mark(spec.Id, marks);
        }
    }

    private static string Words(TimeSpan step) => step.TotalMinutes >= 1 ? $"{step.TotalMinutes:0.#} min" : $"{step.TotalSeconds:0.#} s";
}
