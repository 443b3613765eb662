using System.Collections.Immutable;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>The few numbers that matter for a purpose: one large, four small.</summary>
internal sealed record KeyFigures(KeyFigure Hero, ImmutableArray<KeyFigure> Tiles)
{
    /// <summary>Rates on a card are over this long: steady enough to read, quick enough to follow.</summary>
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(5);

    /// <param name="window">What "over the window" means on this page; at most 15 minutes.</param>
    public static KeyFigures Of(InstanceState state, TimeSpan window) => state.Instance.Purpose switch
    {
        Purpose.Cache => new(
            HitRateOver(state, window),
            [Rate(state, "evicted_keys"), Rate(state, "expired_keys"), Rate(state, "commands"), RoundTrip(state)]),
        Purpose.Cable => new(
            Identities(state),
            [Gauge(state, "app_processes"), Gauge(state, "pubsub_channels", "subscribed channels"), SlowSubscribers(state, window), RoundTrip(state)]),
        Purpose.Session => new(
            Gauge(state, "keys"),
            [Gauge(state, "keys_without_ttl", "without TTL"), Rate(state, "changes"), Aof(state), RoundTrip(state)]),
        _ => new(
            Rate(state, "commands"),
            [Gauge(state, "keys"), Gauge(state, "connected_clients"), HitRateOver(state, window), RoundTrip(state)]),
    };

    private static KeyFigure HitRateOver(InstanceState state, TimeSpan window)
    {
        var metric = MetricCatalog.Get("hit_rate");
        return KeyFigure.Of($"hit rate · {window.TotalMinutes:0} m", Unit.Percent, state.Over(metric, window)?.Value, metric.Help, metric);
    }

    private static KeyFigure Rate(InstanceState state, string id)
    {
        var metric = MetricCatalog.Get(id);
        return KeyFigure.Of(metric.Title, metric.Unit, state.Over(metric, Now)?.Value, metric.Help, metric);
    }

    /// <summary>While polls fail, what was last known: the card greys it and tells its age.</summary>
    private static KeyFigure Gauge(InstanceState state, string id, string? label = null)
    {
        var metric = MetricCatalog.Get(id);
        return KeyFigure.Of(label ?? metric.Title, metric.Unit, state.FactsReading is { } reading ? metric.Over(reading)?.Value : null, metric.Help, metric);
    }

    private static KeyFigure RoundTrip(InstanceState state)
    {
        var metric = MetricCatalog.Get("round_trip");
        return KeyFigure.Of(metric.Title, Unit.Milliseconds, state.Over(metric, Now)?.Value, metric.Help, metric);
    }

    private static KeyFigure Identities(InstanceState state)
    {
        var metric = MetricCatalog.Get("identities_online");
        var help = state.Facts?.Supplementary.IdentitiesSkipped == true
            ? "Not counted: above 5,000 channels, listing them would hold the server up."
            : metric.Help;
        return KeyFigure.Of(metric.Title, Unit.Count, state.Facts?.Supplementary.IdentitiesOnline, help, metric);
    }

    /// <summary>How many were dropped over the window: a rate of such a rare thing would read 0.</summary>
    private static KeyFigure SlowSubscribers(InstanceState state, TimeSpan window)
    {
        var metric = (CounterMetric)MetricCatalog.Get("output_buffer_disconnections");
        var dropped = state.Window.Over(window)?.Counters[metric.Slot] is { Seconds: > 0 } cell ? cell.Delta : (double?)null;
        return KeyFigure.Of($"dropped slow · {window.TotalMinutes:0} m", Unit.Count, dropped, metric.Help, metric, hot: dropped > 0);
    }

    private static KeyFigure Aof(InstanceState state)
    {
        var aof = state.Facts?.Snapshot.Persistence;
        var (word, hot) = aof switch
        {
            null or { AofEnabled: null } => (UnitFormat.Unknown, false),
            { AofEnabled: false } => ("off", true),
            { AofLastWriteOk: false } => ("failing", true),
            { AofRewriting: true } => ("rewriting", false),
            _ => ("ok", false),
        };
        var size = UnitFormat.Text(Unit.Bytes, aof?.AofSize);
        return new("append-only file", word, size == UnitFormat.Unknown ? "" : " " + size, "Whether writes reach the append-only file, and its size.", MetricCatalog.Get("aof_size"), hot);
    }
}
