using Dashboard.Configuration;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Monitoring;
using Dashboard.Valkey;

namespace Dashboard;

/// <summary>Builds what a test needs from recorded answers of real servers; a test states only what it is about.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Instance Instance(Purpose purpose, string? id = null) =>
        new(InstanceId.Of(id ?? purpose.ToString().ToLowerInvariant()), purpose, new InstanceAddress("10.0.0.5", 6379));

    /// <summary>A recorded INFO with some fields changed, added, or removed (null).</summary>
    public static string Info(string recording, params (string Name, string? Value)[] changes)
    {
        var lines = Recorded.Text(recording).Split("\r\n").ToList();
        foreach (var (name, value) in changes)
        {
            var at = lines.FindIndex(line => line.StartsWith(name + ":", StringComparison.Ordinal));
            var section = name.StartsWith("errorstat_", StringComparison.Ordinal)
                ? "# Errorstats"
                : name.StartsWith("db", StringComparison.Ordinal) ? "# Keyspace" : "# Stats";
            var place = at >= 0 ? at : lines.IndexOf(section) + 1;
            if (at >= 0)
            {
                lines.RemoveAt(at);
            }

            if (value is not null)
            {
                lines.Insert(place, $"{name}:{value}");
            }
        }

        return string.Join("\r\n", lines);
    }

    public static Snapshot Snapshot(string recording, params (string Name, string? Value)[] changes) =>
        Dashboard.Info.Snapshot.Parse(Info(recording, changes));

    /// <summary>A poll answered <paramref name="second"/> seconds after <see cref="Start"/>.</summary>
    public static PollResult.Answered Answered(Snapshot snapshot, double second = 0, SupplementaryFacts? supplementary = null) =>
        new(Start.AddSeconds(second), TimeSpan.FromSeconds(1000 + second), TimeSpan.FromMilliseconds(0.3), snapshot,
            supplementary ?? SupplementaryFacts.Unknown);

    public static PollResult.Answered Answered(string recording, double second = 0, params (string Name, string? Value)[] changes) =>
        Answered(Snapshot(recording, changes), second);

    public static PollResult.Failed Failed(FaultKind kind, double second = 0) =>
        new(Start.AddSeconds(second), TimeSpan.FromSeconds(1000 + second), new Fault(kind));

    /// <summary>One second in which these counters rose by, and these gauges stood at, the values given; nothing else is known.</summary>
    public static Reading Reading(params (string Metric, double Value)[] parts)
    {
        var reading = Metrics.Reading.Nothing(Start) with { Marks = ReadingFlags.None, Covered = 1, Held = 1 };
        foreach (var (id, value) in parts)
        {
            if (MetricCatalog.Get(id) is CounterMetric counter)
            {
                reading.Counters[counter.Slot] = new(value, 1, value);
            }
            else
            {
                reading.Gauges[MetricCatalog.Gauge(id)] = GaugeCell.Of(value, 1);
            }
        }

        return reading;
    }

    /// <summary>The name of the recording of a healthy server of this purpose; for <c>other</c>, of a fresh server.</summary>
    public static string Recording(string server, Purpose purpose) =>
        $"{server}-{(purpose == Purpose.Other ? "fresh" : purpose.ToString().ToLowerInvariant())}";

    public static PollResult.Answered Healthy(string server, Purpose purpose, double second = 0) =>
        Answered(Recording(server, purpose), second);

    /// <summary>An instance polled once a second after these polls.</summary>
    public static InstanceState State(Purpose purpose, params PollResult[] polls) =>
        polls.Aggregate(new InstanceState(Instance(purpose), TimeSpan.FromSeconds(1)), (state, poll) => state.After(poll));

    /// <summary>These instances, polled once a second, two seconds allowed for each poll.</summary>
    public static MonitoringSettings Settings(params Purpose[] purposes) =>
        new([.. purposes.Select(purpose => Instance(purpose))], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
}
