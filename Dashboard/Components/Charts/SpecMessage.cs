namespace Dashboard.Components.Charts;

/// <summary>What the browser needs to know of a <see cref="ChartSpec"/>; the unit by name.</summary>
internal sealed record SpecMessage(string Title, string Unit, double? Min, double? Max, IReadOnlyList<SeriesMessage> Series)
{
    public static SpecMessage Of(ChartSpec spec) => new(
        spec.Title, spec.Unit.ToString(), spec.AxisMin, spec.AxisMax,
        [.. spec.Series.Select(series => new SeriesMessage(series.Id, series.Name))]);
}
