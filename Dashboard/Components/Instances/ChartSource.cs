using Dashboard.History;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>The source of a page's charts: history, completed by what is in memory.</summary>
internal sealed class ChartSource(HistoryQuery query, HistoryWriter writer)
{
    /// <summary>The state of history.</summary>
    public HistoryStatus Status => writer.Status;

    public Task<HistorySlice> ReadAsync(InstanceState state, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Metric> metrics) =>
        query.ReadAsync(state.Instance.Id, from, to, metrics, state.Recent.All);

    /// <summary>Reads what is new since the slice.</summary>
    public Task<HistorySlice> ContinueAsync(HistorySlice slice, InstanceState state, DateTimeOffset to) =>
        query.ContinueAsync(slice, to, state.Recent.All);
}
