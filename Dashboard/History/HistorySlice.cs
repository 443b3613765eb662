using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.History;

/// <summary>What history knows of one instance over a stretch of time.</summary>
/// <param name="Metrics">The metrics that were read; the cells of others are empty.</param>
/// <param name="Tier">The resolution of <paramref name="Readings"/>.</param>
/// <param name="Scale">How finely it is drawn.</param>
/// <param name="From">The time from which it is drawn.</param>
/// <param name="Readings">Oldest first; they begin a little before <paramref name="From"/>, so that the first points are whole.</param>
/// <param name="Note">Why older readings are missing, as a sentence; null when the store was read.</param>
public sealed record HistorySlice(
    InstanceId Instance, IReadOnlyCollection<Metric> Metrics, Tier Tier, ChartScale Scale, DateTimeOffset From,
    IReadOnlyList<Reading> Readings, string? Note)
{
    /// <summary>Builds its points.</summary>
    public SeriesBuilder Series() => new(Readings, Scale, From);

    /// <summary>The time from which points must be computed again once newer readings have come.</summary>
    internal DateTimeOffset TailFrom => Readings.Count == 0 ? From : Scale.TailFrom(Readings[^1].At);
}
