using Dashboard.Metrics;

namespace Dashboard.Actions.Sampling;

/// <summary>The history of a cache, in stretches with a constant hit rate and number of keys.</summary>
internal static class CacheStory
{
    public static readonly DateTimeOffset Start = Given.Start;

    /// <param name="parts">The length, hit rate and number of keys of each stretch.</param>
    public static List<Reading> Of(params (int Minutes, double Percent, double Keys)[] parts) =>
        Every(TimeSpan.FromMinutes(1), 1_000, parts);

    /// <param name="step">The time between two readings.</param>
    /// <param name="lookups">The lookups in each reading.</param>
    /// <param name="parts">The number of readings, hit rate and number of keys of each stretch.</param>
    public static List<Reading> Every(TimeSpan step, double lookups, params (int Readings, double Percent, double Keys)[] parts) =>
        [.. parts.SelectMany(part => Enumerable.Repeat(part, part.Readings))
            .Select((part, i) => One(Start + i * step, lookups * part.Percent / 100, lookups * (100 - part.Percent) / 100, part.Keys))];

    private static Reading One(DateTimeOffset at, double hits, double misses, double keys) =>
        Given.Reading(("keyspace_hits", hits), ("keyspace_misses", misses), ("keys", keys)) with { At = at };
}
