namespace Dashboard.Metrics;

/// <summary>A named number over a window of time.</summary>
/// <param name="Id">Permanent: it is part of the store and of URLs. Lower-case letters, digits and underscores. Never renamed and never
/// used again for another metric.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Help">What it means, and how it is computed where that is not obvious.</param>
public abstract record Metric(string Id, Unit Unit, string Title, string Help)
{
    /// <summary>What good looks like.</summary>
    public string Good => MetricGuide.Of(Id);

    /// <returns>The value over the stretch of time of a reading; null when unknown.</returns>
    public abstract MetricValue? Over(Reading reading);
}
