using Dashboard.Access.Authorization;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Planning;

/// <summary>Reads a server and says what an action would do to it.</summary>
internal sealed class ActionPlanner(ActionCatalog actions, Fleet fleet, Authorizer authorizer, PendingPlans pending, ValkeyServers servers)
{
    /// <summary>Returns the plan, which may be confirmed from now on, or why there is none.</summary>
    /// <param name="session">Who asks; authorized here, after a step-up where the permission destroys.</param>
    public async Task<PlanResult> PlanAsync(string? session, string action, InstanceId instance, string scope, CancellationToken cancel)
    {
        var (wanted, target) = (
            actions.Find(action),
            fleet.Find(instance) ?? throw new ArgumentException($"No instance is called '{instance}'.", nameof(instance)));
        var (person, refusal) = await authorizer.AskAsync(session, wanted.Permission, instance, wanted.Id, cancel);
        if (person is null)
        {
            return new PlanResult.Refused(refusal!);
        }

        if (ActionGuard.RefuseToPlan(wanted, target, fleet.States) is { } why)
        {
            // No page asks for what a purpose forbids: the request was made without one.
            if (wanted.ForbiddenOn(target.Instance.Purpose) is not null)
            {
                await authorizer.NoteAsync(
                    new AuditEvent(action, person.Name, person.Address) { Instance = instance, Result = AuditResult.Refused, Detail = why },
                    cancel);
            }

            return new PlanResult.Refused(why);
        }

        await using var server = servers.Actor(target.Instance, ActionTimeouts.Query);
        var request = new PlanRequest(target, scope) { Fleet = fleet.States, ByOwner = person.Grants.IsOwner };
        var result = await wanted.PlanAsync(request, server, cancel);
        if (result is PlanResult.Planned planned)
        {
            pending.Put(session!, planned.Plan);
        }

        return result;
    }
}
