using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Planning;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>Something an operator may do to an instance. Planning reads, executing writes; <see cref="ActionPlanner"/> and <see cref="ActionRunner"/> alone call them.</summary>
internal interface IAdminAction
{
    /// <summary>Stable; what the audit log and the runs call it, e.g. <c>cache.flush</c>.</summary>
    string Id { get; }

    /// <summary>What a person calls it, to follow "you want to": <c>flush the cache</c>.</summary>
    string Name { get; }

    /// <summary>What it does, a sentence.</summary>
    string Summary { get; }

    /// <summary>What a person types to narrow it, e.g. <c>Keys that begin with</c>; null where it is always all.</summary>
    string? ScopeLabel { get; }

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

    /// <summary>Does what was planned, never more than <see cref="ActionPlan.Ceiling"/>. Each step is checked by the server itself.</summary>
    /// <param name="progress">Told after each batch; also says when to stop.</param>
    Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel);
}
