using Dashboard.Access;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Planning;
using Dashboard.Monitoring;

namespace Dashboard.Components.Actions;

/// <summary>
/// One action as an instance's page offers it. It decides what is shown; the act itself is authorized where it is performed.
/// </summary>
/// <param name="Why">Why it cannot be begun now, and what to do instead; null when it can.</param>
internal sealed record ActionOffer(IAdminAction Action, string? Why)
{
    /// <summary>
    /// Who runs an action, for as long as it runs. Shown in place of the summary, so that nothing moves. Null when no action runs.
    /// </summary>
    public string? Busy { get; private init; }

    /// <summary>E.g. <c>Reclaim expired keys</c>.</summary>
    public string Title => TitleOf(Action.Name);

    public static string TitleOf(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The title of an action by its id; the id itself for one that this version does not know.</summary>
    public static string TitleOf(ActionCatalog actions, string id) =>
        actions.All.FirstOrDefault(action => action.Id == id) is { } known ? TitleOf(known.Name) : id;

    /// <param name="grants">The grants of the person who sees the page; null while they are not known.</param>
    public static ActionOffer Of(
        IAdminAction action, InstanceState state, IReadOnlyList<InstanceState> fleet, LatestRuns runs, Grants? grants) => new(
        action,
        action.ForbiddenOn(state.Instance.Purpose)
        ?? (grants?.Allow(action.Permission, state.Instance.Id) == true
            ? null
            : Refusal.NotGranted(action.Permission, state.Instance.Id).Sentence)
        ?? ActionGuard.RefuseToPlan(action, state, fleet)
        ?? (runs.ReadFailure is { } trouble ? Refusal.AuditUnavailable(trouble).Sentence : null))
        {
            Busy = runs.Running is { } run ? $"{run.Operator} is running an action. One action runs at a time on an instance." : null,
        };
}
