using Dashboard.Info;

namespace Dashboard.Metrics;

/// <summary>Turns two consecutive polls into the reading for the time between them.</summary>
internal static class ReadingFold
{
    /// <summary>Polls further apart than this many intervals are not compared: what lies between is a gap, not an average.</summary>
    private const double MaxIntervals = 2.5;

    /// <param name="interval">The poll interval: how long a lone answer stands for, and the unit of <see cref="MaxIntervals"/>.</param>
    public static Reading Between(PollResult.Answered? before, PollResult.Answered now, TimeSpan interval)
    {
        var elapsed = before is null ? TimeSpan.MaxValue : now.Uptime - before.Uptime;
        var joined = before is not null && elapsed > TimeSpan.Zero && elapsed <= interval * MaxIntervals;
        var flags = before is null
            ? ReadingFlags.Gap
            : MarksOf(before.Snapshot, now.Snapshot) | (joined ? ReadingFlags.None : ReadingFlags.Gap);
        var covered = joined && flags == ReadingFlags.None ? elapsed.TotalSeconds : 0;
        var held = joined ? elapsed.TotalSeconds : interval.TotalSeconds;
        return new Reading(
            now.At, now.Snapshot.Server.RunId, flags, covered, held,
            [.. MetricCatalog.Counters.Select(metric => covered > 0 ? Rise(metric, before!.Snapshot, now.Snapshot, covered) : default)],
            [.. MetricCatalog.Gauges.Select(metric => metric.Read(now) is { } value ? GaugeCell.Of(value, held) : default)],
            [.. MetricCatalog.Durations.Select(
                metric => metric.Read(now) is { } span ? DurationCell.Of(span.TotalMilliseconds) : default)]);
    }

    private static CounterCell Rise(CounterMetric metric, Snapshot before, Snapshot now, double seconds) =>
        metric.Read(now) - metric.Read(before) is { } delta and >= 0 ? new CounterCell(delta, seconds, delta / seconds) : default;

    private static ReadingFlags MarksOf(Snapshot before, Snapshot now) =>
        Restarted(before.Server, now.Server) ? ReadingFlags.Restart | ReadingFlags.Gap
        : MetricCatalog.Counters.Any(metric => !metric.FallsAlone && metric.Read(now) < metric.Read(before))
        ? ReadingFlags.Reset | ReadingFlags.Gap
        : ReadingFlags.None;

    private static bool Restarted(ServerFacts before, ServerFacts now) =>
        now.RunId is not null && before.RunId is not null ? now.RunId != before.RunId : now.Uptime < before.Uptime;
}
