using Dashboard.Metrics;

namespace Dashboard.KeptFiles;

/// <summary>Parts of a reading: one gauge, one counter and one duration, as a row has them and as history returns them.</summary>
internal sealed record KeptReading
{
    /// <summary>The columns. Where a row has no value, another column supplies it.</summary>
    public const string Columns = """
        at, run_id AS runId, marks, covered, held, "used_memory.last" AS memory,
        coalesce("used_memory.min", "used_memory.last") AS leastMemory, coalesce("used_memory.max", "used_memory.last") AS mostMemory,
        "keyspace_hits.delta" AS hits,
        coalesce("keyspace_hits.peak", "keyspace_hits.delta" / coalesce("keyspace_hits.seconds", covered)) AS peak,
        "round_trip.max" AS longest, hex("round_trip.counts") AS counts
        """;

    /// <summary>Unix milliseconds.</summary>
    public long At { get; init; }

    public string? RunId { get; init; }

    public long Marks { get; init; }

    public double Covered { get; init; }

    public double Held { get; init; }

    public double? Memory { get; init; }

    public double? LeastMemory { get; init; }

    public double? MostMemory { get; init; }

    public double? Hits { get; init; }

    public double? Peak { get; init; }

    public double? Longest { get; init; }

    /// <summary>For each count that is not 0 its place and its value, in hexadecimal digits; empty where the row has none.</summary>
    public string Counts { get; init; } = "";

    /// <param name="counts">Whether the row has counts.</param>
    public static KeptReading Of(Reading reading, bool counts)
    {
        var memory = reading.Gauges[MetricCatalog.Gauge("used_memory")];
        var hits = reading.Counters[MetricCatalog.Counter("keyspace_hits")];
        var trips = reading.Durations[0];
        return new()
        {
            At = reading.At.ToUnixTimeMilliseconds(),
            RunId = reading.Epoch,
            Marks = (long)reading.Marks,
            Covered = reading.Covered,
            Held = reading.Held,
            Memory = memory.Seconds > 0 ? memory.Last : null,
            LeastMemory = memory.Seconds > 0 ? memory.Min : null,
            MostMemory = memory.Seconds > 0 ? memory.Max : null,
            Hits = hits.Seconds > 0 ? hits.Delta : null,
            Peak = hits.Seconds > 0 ? hits.Peak : null,
            Longest = trips.Known ? trips.Max : null,
            Counts = counts ? Hex(trips.Counts) : "",
        };
    }

    /// <summary>A byte for each number: no count of a set is as large as 128.</summary>
    private static string Hex(IReadOnlyList<int> counts) =>
        string.Concat(Enumerable.Range(0, counts.Count).Where(place => counts[place] > 0).Select(place => $"{place:X2}{counts[place]:X2}"));
}
