using System.Collections.Immutable;
using Dashboard.Alerts;
using Dashboard.Instances;

namespace Dashboard.Monitoring;

/// <summary>The whole fleet at one moment with every finding, those of single instances and those about several. Pure.</summary>
/// <param name="States">In the settings' order.</param>
/// <param name="Findings">Worst first; of the same severity, those of the purpose whose users are hit hardest.</param>
public sealed record FleetSnapshot(ImmutableArray<InstanceState> States, ImmutableArray<Finding> Findings)
{
    public static FleetSnapshot Of(ImmutableArray<InstanceState> states) => new(
        states,
        [
            .. SharedServer.Evaluate(states.Select(state => (state.Instance, state.Facts?.Snapshot)))
                .Concat(states.SelectMany(state => state.Findings))
                .OrderByDescending(finding => finding.Severity)
                .ThenBy(finding => UrgencyOf(states.First(state => state.Instance.Id == finding.Instance))),
        ]);

    /// <summary>The worst finding of all; null when nothing is wrong.</summary>
    public Finding? Worst => Findings.FirstOrDefault();

    /// <summary>The worst finding that somebody should act on: not one that may be over in a moment. Null when there is none.</summary>
    public Finding? Foremost => Findings.FirstOrDefault(finding => !finding.Tentative);

    /// <summary>The findings of one instance, worst first.</summary>
    public ImmutableArray<Finding> Of(InstanceId id) => [.. Findings.Where(finding => finding.Instance == id)];

    /// <summary>The states with the worst findings first; those without findings are in the settings' order.</summary>
    public IEnumerable<InstanceState> WorstFirst() =>
        States.OrderByDescending(Weight).ThenBy(state => Weight(state) == 0 ? 0 : UrgencyOf(state));

    private static int UrgencyOf(InstanceState state) => state.Instance.Profile.Impact.Urgency;

    private int Weight(InstanceState state) => Of(state.Instance.Id) is [var worst, ..] ? 1 + (int)worst.Severity : 0;
}
