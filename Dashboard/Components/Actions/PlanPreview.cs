using Dashboard.Access;
using Dashboard.Actions;
using Dashboard.Actions.Scanning;

namespace Dashboard.Components.Actions;

/// <summary>What an open dialog shows of an action on an instance, and what was typed into it. It asks and draws nothing.</summary>
internal sealed class PlanPreview(IAdminAction action)
{
    private ActionPlan? _first;

    /// <summary>The scope that the latest plan was asked for, and that of the first.</summary>
    private string _asked = "", _firstAsked = "";

    /// <summary>The latest plan; null before the first, and where it no longer holds.</summary>
    public ActionPlan? Plan { get; private set; }

    /// <summary>Why there is no plan, or why it cannot begin.</summary>
    public Refusal? Refusal { get; set; }

    public string Phrase { get; set; } = "";

    public string Reason { get; set; } = "";

    /// <summary>As typed now. A plan for another scope is not about it.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Whether the plan is about what is typed.</summary>
    public bool IsCurrent => Plan is { } _ && _asked == Scope;

    /// <summary>Whether to plan again without being asked: not for a scope that is being typed, and not against a final refusal.</summary>
    public bool IsRefreshed =>
        (action.ScopeLabel is null || (_first is not null && _firstAsked == Scope)) && Refusal is null or { Kind: RefusalKind.Invalid };

    /// <summary>E.g. <c>keys +12</c>, since the dialog was opened; null where nothing changed.</summary>
    public string? ChangesSinceOpened => PlanDiff.Between(_first!, Plan!);

    /// <summary>A plan is about to be made for what is typed now.</summary>
    public void Begin()
    {
        if (_first is not null && _firstAsked != Scope)
        {
            (_first, Plan) = (null, null);
        }

        _asked = Scope;
    }

    /// <param name="isPrimary">Whether the instance was a primary at its last poll.</param>
    public void Show(PlanResult result, bool isPrimary)
    {
        Refusal = (result as PlanResult.Refused)?.Why;
        if (result is PlanResult.Planned { Plan: var plan })
        {
            if (_first is { } first && ChangeBetween(first, plan) is { } change)
            {
                // What was typed was meant for the other plan.
                (_first, Phrase, Reason) = (null, "", "");
                Refusal = Refusal.Invalid($"{change} Read the preview once more.");
            }

            _firstAsked = _first is null ? _asked : _firstAsked;
            (_first, Plan) = (_first ?? plan, plan);
        }
        else if (Refusal is { Kind: RefusalKind.Invalid })
        {
            // The plan no longer holds, and is not begun. What was typed stays, unless it was meant for a primary.
            Plan = null;
            (Phrase, Reason) = isPrimary ? (Phrase, Reason) : ("", "");
        }
    }

    private string? ChangeBetween(ActionPlan first, ActionPlan latest) =>
        !PlanDiff.IsOfOneServer(first, latest) ? "It is another server process now than the one you saw."
        : first.ReplicationId != latest.ReplicationId ? $"It may have other keys than the ones you saw: {ScanAbort.OtherKeys}."
        : action.ChangeBetween(first, latest);
}
