using Dashboard.Access;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Planning;
using Dashboard.Monitoring;

namespace Dashboard.Components.Actions;

/// <summary>One action as an instance's page offers it. What it shows; whether it is done is judged where it is done.</summary>
/// <param name="Why">Why it cannot be begun now, and what to do instead; null when it can.</param>
internal sealed record ActionOffer(IAdminAction Action, string? Why)
{
    /// <summary>
    /// Who is at something, for as long as it takes; it stands in place of the summary, so that nothing moves. Null when nobody is.
    /// </summary>
    public string? Busy { get; private init; }

    /// <summary>E.g. <c>Reclaim expired keys</c>.</summary>
    public string Title => TitleOf(Action.Name);

    public static string TitleOf(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <param name="grants">Of who looks; null while that is not known.</param>
    public static ActionOffer Of(
        IAdminAction action, InstanceState state, IReadOnlyList<InstanceState> fleet, LatestRuns runs, Grants? grants) => new(
        action,
        action.ForbiddenOn(state.Instance.Purpose)
        ?? (grants?.Allow(action.Permission, state.Instance.Id) == true
            ? null
            : Refusal.NotGranted(action.Permission, state.Instance.Id).Sentence)
        ?? ActionGuard.RefuseToPlan(action, state, fleet)
        ?? (runs.Trouble is { } trouble ? Refusal.AuditUnavailable(trouble).Sentence : null))
        {
            Busy = runs.Running is { } run ? $"{run.Operator} is at it. One action runs at a time on an instance." : null,
        };
}
