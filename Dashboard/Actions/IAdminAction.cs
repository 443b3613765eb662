using Dashboard.Access.Roles;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>
/// Something an operator may do to an instance. Planning reads, executing writes; <c>ActionPlanner</c> and <c>ActionRunner</c> alone call them.
/// </summary>
internal interface IAdminAction
{
    /// <summary>Stable; what the audit log and the runs call it, e.g. <c>keys.reclaim</c>.</summary>
    string Id { get; }

    /// <summary>What a person calls it, to follow "you want to": <c>reclaim expired keys</c>.</summary>
    string Name { get; }

    /// <summary>What it does, a sentence.</summary>
    string Summary { get; }

    /// <summary>What a person types to narrow it, e.g. <c>Keys that begin with</c>; null where it is always all.</summary>
    string? ScopeLabel { get; }

    /// <summary>An example of what is typed there; null for none.</summary>
    string? ScopeExample => null;

    Permission Permission { get; }

    /// <summary>Something is lost by it: the target is typed and a reason given, unless the instance is set to <see cref="ConfirmationPolicy.Click"/>.</summary>
    bool Destroys { get; }

    /// <summary>Whether an instance's page offers it by itself, if only to say why not.</summary>
    bool IsOffered(Purpose purpose);

    /// <summary>Why no server of this purpose is ever acted on in this way, and what to do instead; null where it may be.</summary>
    string? ForbiddenOn(Purpose purpose);

    /// <summary>Looks at the server and says what would happen. Writes nothing.</summary>
    /// <returns>The plan, or a sentence why there is none.</returns>
    Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel);

    /// <summary>
    /// Why a plan is not the one that a person saw first, as a sentence: they read it once more before it begins. Counts that moved are no
    /// reason.
    /// </summary>
    /// <param name="first">As it was seen first; of the same server process and scope.</param>
    /// <returns>Null where it is still the same.</returns>
    string? ChangeBetween(ActionPlan first, ActionPlan latest) => null;

    /// <summary>Does what was planned, never more than <see cref="ActionPlan.Ceiling"/>. Each step is checked by the server itself.</summary>
    /// <param name="progress">Told after each batch; also says when to stop.</param>
    Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel);
}
