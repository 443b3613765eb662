using Dashboard.Metrics;

namespace Dashboard.Actions.Sampling;

/// <summary>What history would hold of a cache, told in stretches of even minutes.</summary>
internal static class CacheStory
{
    public static readonly DateTimeOffset Start = Given.Start;

    /// <param name="parts">For so many minutes, at this hit rate, with this many keys.</param>
    public static List<Reading> Of(params (int Minutes, double Percent, double Keys)[] parts) =>
        Every(TimeSpan.FromMinutes(1), 1_000, parts);

    /// <param name="step">Between two readings.</param>
    /// <param name="lookups">In each of them.</param>
    /// <param name="parts">So many readings, with this hit rate and so many keys.</param>
    public static List<Reading> Every(TimeSpan step, double lookups, params (int Readings, double Percent, double Keys)[] parts) =>
        [.. parts.SelectMany(part => Enumerable.Repeat(part, part.Readings))
            .Select((part, i) => One(Start + i * step, lookups * part.Percent / 100, lookups * (100 - part.Percent) / 100, part.Keys))];

    private static Reading One(DateTimeOffset at, double hits, double misses, double keys) =>
        Given.Reading(("keyspace_hits", hits), ("keyspace_misses", misses), ("keys", keys)) with { At = at };
}
