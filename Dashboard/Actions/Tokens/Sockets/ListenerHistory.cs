using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>What the monitoring saw of the application's processes that listen on a cable.</summary>
/// <param name="Seen">Whether any was seen since the console started.</param>
/// <param name="Most">The most at once in the last <see cref="Span"/>; null where none were counted.</param>
internal sealed record ListenerHistory(bool Seen, long? Most)
{
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    public static ListenerHistory Of(InstanceState cable) => new(
        cable.ListenersSeen,
        cable.Window.Over(Span)?.Gauges[MetricCatalog.Gauge("app_processes")] is { Seconds: > 0 } cell ? (long)cell.Max : null);
}
