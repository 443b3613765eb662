using Dashboard.Alerts;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>
/// An instance in the table of many. Two rows are the same where they are of the same instance, so that a beat replaces none.
/// </summary>
/// <param name="Rank">Its place among the worst, from 0.</param>
internal sealed record InstanceRow(InstanceState State, int Rank, HealthSummary Health, KeyFigure Hero, MemoryMeter Memory)
{
    public Instance Instance => State.Instance;

    public string Id => Instance.Id.Value;

    public static InstanceRow Of(InstanceState state, int rank, IReadOnlyList<Finding> findings, TimeSpan window) => new(
        state, rank, HealthSummary.Of(state, findings),
        KeyFigures.Of(state, window < RecentReadings.Span ? window : RecentReadings.Span).Hero, MemoryMeter.Of(state, findings));

    /// <summary>Whether its name, group, purpose, address or state contains the text.</summary>
    public bool Matches(string? text) => InstanceSearch.Matches(Instance, text, Health.Chip);

    public bool Equals(InstanceRow? other) => other?.Instance.Id == Instance.Id;

    public override int GetHashCode() => Instance.Id.GetHashCode();
}
