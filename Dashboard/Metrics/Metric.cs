namespace Dashboard.Metrics;

/// <summary>A named number over a window of time.</summary>
/// <param name="Id">Stable for ever: the store's column and the URL carry it. Lower-case letters, digits and underscores. Never renamed,
/// never used again for something else.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Help">What it means, and how it is computed where that is not plain.</param>
public abstract record Metric(string Id, Unit Unit, string Title, string Help)
{
    /// <returns>The value over the stretch of time of a reading; null when unknown.</returns>
    public abstract MetricValue? Over(Reading reading);
}
