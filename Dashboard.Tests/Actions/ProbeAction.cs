using Dashboard.Access.Roles;
using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>An action that does what a test says, to test the mechanism around it.</summary>
internal sealed class ProbeAction(Func<IRunProgress, Task<ActionOutcome>> execute, bool destroys = false) : IAdminAction
{
    public static readonly ActionOutcome Well =
        new(AuditResult.Done, "It is done.") { Counts = new Dictionary<string, long> { ["keys"] = 3 } };

    /// <summary>The number of keys that its next plan counts.</summary>
    public long Keys { get; set; } = 3;

    public bool AlwaysNeedsReason { get; set; }

    public string Id => "probe";

    public string Name => "probe the server";

    public string Summary => "Does what a test says.";

    public string? ScopeLabel => null;

    public Permission Permission => destroys ? Permission.Flush : Permission.Reclaim;

    public bool Destroys => destroys;

    public bool IsOffered(Purpose purpose) => true;

    public string? ForbiddenOn(Purpose purpose) => purpose == Purpose.Cable ? "cable holds no keys. There is nothing to do." : null;

    public Task<PlanResult> PlanAsync(
        PlanRequest request, IServerActor server, CancellationToken cancel) => Task.FromResult<PlanResult>(new PlanResult.Planned(
        new(Guid.NewGuid(), Id, request.Target.Instance, request.Target.Facts!.Snapshot.Server.RunId!, TimeProvider.System.GetUtcNow())
        {
            Glance = [new("3 keys", "go")],
            Effects = ["Three keys would go."],
            Counts = new Dictionary<string, long> { ["keys"] = Keys },
        }));

    public Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel) =>
        execute(progress);
}
