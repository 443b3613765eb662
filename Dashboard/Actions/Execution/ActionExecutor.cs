using Dashboard.Access;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Planning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>Executes or stops what a person confirmed, after checking permission and guard.</summary>
internal sealed class ActionExecutor(
    ActionCatalog actions, Fleet fleet, Authorizer authorizer, AuditTrail audit, PendingPlans pending, ActionRunner runner,
    TimeProvider time)
{
    /// <summary>Whether a phrase is required, as far as is known now.</summary>
    public bool RequiresPhrase(IAdminAction action, Instance instance) =>
        ActionGuard.RequiresPhrase(action, fleet.Find(instance.Id)!, fleet.States);

    /// <summary>Whether a reason is required, as far as is known now.</summary>
    public bool RequiresReason(IAdminAction action, Instance instance) =>
        ActionGuard.RequiresReason(action, fleet.Find(instance.Id)!, fleet.States);

    /// <summary>Begins what was planned. The run continues after the caller has left.</summary>
    public async Task<RunResult> ExecuteAsync(string? session, PlanConfirmation confirmation, CancellationToken cancel)
    {
        if (session is null || pending.Take(session, confirmation.Plan) is not { } plan)
        {
            return await RefuseUnplannedAsync(session, cancel);
        }

        var result = await ConfirmAsync(session, plan, confirmation, cancel);
        if (result is RunResult.Refused)
        {
            pending.PutBack(session, plan);
        }

        return result;
    }

    /// <summary>Asks a run to stop after its current batch. A person who may begin it may stop it.</summary>
    public async Task<Refusal?> CancelAsync(string? session, Run run, CancellationToken cancel)
    {
        var (person, refusal) =
            await authorizer.AskAsync(session, actions.Find(run.Action).Permission, run.Instance, $"{run.Action}.stop", cancel);
        if (person is null)
        {
            return refusal;
        }

        var what =
            new AuditEvent(
                $"{run.Action}.stop", person.Name, person.Address)
            { Instance = run.Instance, RunId = run.RunId, Database = run.Database };
        try
        {
            return await audit.WriteAsync<bool>(
                transaction => RunTable.Cancel(transaction, run.Id, person.Name) ? (true, what) : (false, null), cancel)
                ? null
                : Refusal.Invalid("The run is over or was already stopped.");
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message);
        }
    }

    private async Task<RunResult> ConfirmAsync(string session, ActionPlan plan, PlanConfirmation confirmation, CancellationToken cancel)
    {
        var action = actions.Find(plan.Action);
        var (person, refusal) = await authorizer.AskAsync(session, action.Permission, plan.Instance.Id, action.Id, cancel);
        if (person is null)
        {
            return new RunResult.Refused(refusal!);
        }

        var what =
            ActionEvents.Of(plan, person.Name) with
            {
                Address = person.Address,
                Reason = confirmation.Reason.Trim() is { Length: > 0 } reason ? reason : null
            };
        if (action.Destroys && !RequiresPhrase(action, plan.Instance))
        {
            what = what with { Detail = "confirmed by a click" };
        }

        if (plan.NeedsOwner && !person.Grants.IsOwner)
        {
            return await RefuseAsync(what, "Only an owner may begin this as it was previewed. Open the preview again.", cancel);
        }

        return ActionGuard.RefuseToExecute(
            action, plan, confirmation, fleet.Find(plan.Instance.Id)!, fleet.States, time.GetUtcNow()) is { } why
            ? await RefuseAsync(what, why, cancel)
            : await runner.BeginAsync(action, plan, what, cancel);
    }

    /// <summary>Refuses a second press of the button, and a caller who was shown no preview.</summary>
    private async Task<RunResult> RefuseUnplannedAsync(string? session, CancellationToken cancel)
    {
        const string Why = "That preview is no longer available: it was already confirmed, or is too old. Open it again.";
        var (person, refusal) = await authorizer.AskAsync(session, Permission.Watch, null, "action.begin", cancel);
        return person is null
            ? new RunResult.Refused(refusal!)
            : await RefuseAsync(new("action.begin", person.Name, person.Address), Why, cancel);
    }

    private async Task<RunResult> RefuseAsync(AuditEvent what, string why, CancellationToken cancel)
    {
        await authorizer.NoteAsync(what with { Result = AuditResult.Refused, Detail = why }, cancel);
        return new RunResult.Refused(Refusal.Invalid(why));
    }
}
