using System.Collections.Concurrent;
using System.Data.Common;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Scenarios.ForeignAction;

/// <summary>
/// An action that has nothing to do with keys, with a payload and an aftermath of its own. It consists only of this class and its strip.
/// </summary>
internal sealed class PingClients : IAdminAction, IActionAftermath
{
    public const string ActionId = "clients.ping";

    private readonly ConcurrentDictionary<Guid, OpenPing> _open = new();

    /// <summary>The greeting of its next plan.</summary>
    public string Greeting { get; set; } = "good evening";

    public string Id => ActionId;

    public string Name => "ping the clients";

    public string Summary => "Says something to every client.";

    public string? ScopeLabel => null;

    public Permission Permission => Permission.Reclaim;

    public bool Destroys => false;

    public bool IsOffered(Purpose purpose) => purpose == Purpose.Other;

    public string? ForbiddenOn(Purpose purpose) => null;

    public Task<PlanResult> PlanAsync(PlanRequest request, IServerActor server, CancellationToken cancel)
    {
        var (target, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        var plan = new ActionPlan(Guid.NewGuid(), Id, target, facts.Server.RunId!, TimeProvider.System.GetUtcNow())
        {
            Glance = [new("1 line", "is said to every client")],
            Effects = [$"Says “{Greeting}” to every client of {target.Id}."],
            Payload = new PingPayload(Greeting),
            Counts = new Dictionary<string, long> { ["clients"] = 4 },
        };
        return Task.FromResult<PlanResult>(new PlanResult.Planned(plan));
    }

    public string? ChangeBetween(ActionPlan first, ActionPlan latest) =>
        first.PayloadAs<PingPayload>() == latest.PayloadAs<PingPayload>() ? null : "It says something else now.";

    public async Task<ActionOutcome> ExecuteAsync(ActionPlan plan, IServerActor server, IRunProgress progress, CancellationToken cancel)
    {
        var greeting = plan.PayloadAs<PingPayload>().Greeting;
        Assert.Null((await server.InfoAsync(cancel)).Fault);
        _open[progress.Run.Id] = new(progress.Run.Id, progress.Run.Instance, greeting);
        return new(AuditResult.Done, $"Everybody was told “{greeting}”.") { Counts = new Dictionary<string, long> { ["told"] = 4 } };
    }

    public Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<AftermathItem>>([.. _open.Values.Where(one => one.Instance == instance)]);

    public IReadOnlyCollection<Guid> RunsInUse(DbConnection connection) => [.. _open.Keys];

    public void Close(OpenPing ping) => _open.TryRemove(ping.Id, out _);
}
