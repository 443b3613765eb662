using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>Where a page's charts take their readings from: history, completed by what is in memory.</summary>
internal sealed class ChartSource(HistoryQuery query, HistoryWriter writer, WatchSettings settings)
{
    /// <summary>What a person should know about the store; null when all is well.</summary>
    public string? Notice => writer.Status.Notice;

    /// <summary>The resolution of a slice: the tier's, or the poll interval where polls are further apart.</summary>
    public TimeSpan StepOf(Tier tier) => tier.Step > settings.PollInterval ? tier.Step : settings.PollInterval;

    public Task<HistorySlice> ReadAsync(InstanceState state, Tier tier, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Metric> metrics) =>
        query.ReadAsync(state.Instance.Id, tier, from, to, metrics, state.Recent.All);
}
