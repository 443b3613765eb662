using Dashboard.Metrics;

namespace Dashboard.Components.Charts;

/// <summary>What a chart shows, before any data: one or two lines over one unit.</summary>
public sealed record ChartSpec
{
    /// <summary>More lines than this cost too much to redraw every second, and too much to read.</summary>
    public const int MostSeries = 2;

    /// <exception cref="ArgumentException">No series, more than <see cref="MostSeries"/>, or two with the same id.</exception>
    public ChartSpec(string id, string title, Unit unit, params IReadOnlyList<SeriesSpec> series)
    {
        if (series.Count is 0 or > MostSeries || series.DistinctBy(one => one.Id).Count() != series.Count)
        {
            throw new ArgumentException(
                $"Chart '{id}' has {series.Count} series; it needs one or two, each with its own id.", nameof(series));
        }

        (Id, Title, Unit, Series) = (id, title, unit, series);
    }

    /// <summary>Unique within its board; also the name of the element the browser looks for.</summary>
    public string Id { get; }

    /// <summary>A few words over the plot.</summary>
    public string Title { get; }

    /// <summary>Unit of every series.</summary>
    public Unit Unit { get; }

    /// <summary>One or two lines, the one the chart is about first.</summary>
    public IReadOnlyList<SeriesSpec> Series { get; }

    /// <summary>A value the axis always reaches down to, in the unit. Null: 0, and for a percentage as low as the data.</summary>
    public double? AxisMin { get; init; }

    /// <summary>A value the axis always reaches up to, in the unit; data above it is still shown. Null: as high as the data.</summary>
    public double? AxisMax { get; init; }

    /// <summary>How the number is computed, shown under the plot.</summary>
    public string? Note { get; init; }

    /// <summary>What each line is, and how it is computed.</summary>
    public string Help { get; init; } = "";

    /// <summary>What good looks like.</summary>
    public string? Good { get; init; }
}
