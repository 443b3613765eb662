using Dashboard.Access.Roles;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>
/// Something an operator may do to an instance. Planning reads, executing writes; only <c>ActionPlanner</c> and <c>ActionRunner</c> call
/// them.
/// </summary>
internal interface IAdminAction
{
    /// <summary>Stable; what the audit log and the runs call it, e.g. <c>keys.reclaim</c>.</summary>
    string Id { get; }

    /// <summary>Its name for people, in a form that follows "you want to": <c>reclaim expired keys</c>.</summary>
    string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Summary { get; }

    /// <summary>The label of the field that narrows it, e.g. <c>Keys that begin with</c>; null where it always covers everything.</summary>
    string? ScopeLabel { get; }

    /// <summary>An example of a scope; null for none.</summary>
    string? ScopeExample => null;

    /// <summary>The page where it begins, because what it is for is found there; null where the dialog is enough.</summary>
    ActionPage? Page => null;

    Permission Permission { get; }

    /// <summary>
    /// Whether something is lost by it: then the phrase is typed and a reason given, unless the instance is set to
    /// <see cref="ConfirmationPolicy.Click"/>.
    /// </summary>
    bool Destroys { get; }

    /// <summary>Whether a reason is given also where the instance is set to <see cref="ConfirmationPolicy.Click"/>.</summary>
    bool AlwaysNeedsReason => false;

    /// <summary>Whether it is seldom needed: pages offer it last.</summary>
    bool IsRare => false;

    /// <summary>Whether an instance's page offers it, if only to say why it cannot be done.</summary>
    bool IsOffered(Purpose purpose);

    /// <summary>Why it is never done to a server of this purpose, and what to do instead; null where it may be done.</summary>
    string? ForbiddenOn(Purpose purpose);

    /// <summary>Reads the server and says what would happen. Writes nothing.</summary>
    /// <returns>The plan, or a sentence that says why there is none.</returns>
    Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel);

    /// <summary>
    /// Why a plan is not the one that a person saw first, as a sentence: they read it again before it begins. Changed counts are no reason.
    /// </summary>
    /// <param name="first">As it was first shown; of the same server process and scope.</param>
    /// <returns>Null where it is still the same.</returns>
    string? ChangeBetween(ActionPlan first, ActionPlan latest) => null;

    /// <summary>Does what was planned, never more than <see cref="ActionPlan.Ceiling"/>. The server itself checks each step.</summary>
    /// <param name="progress">Informed after each batch; also says when to stop.</param>
    Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel);
}
