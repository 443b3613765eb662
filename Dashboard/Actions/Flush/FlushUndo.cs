using Dashboard.Access;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Planning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Actions.Flush;

/// <summary>Undoes a flush, or ends its retention early.</summary>
internal sealed class FlushUndo(
    ActionPlanner planner, ActionExecutor executor, Authorizer authorizer, AuditTrail audit, RetainedFlushes flushes, TimeProvider time)
{
    /// <summary>One press: what there is to know stands beside the button, and nothing is destroyed by it.</summary>
    /// <returns>Null when it has begun.</returns>
    public async Task<Refusal?> UndoAsync(string? session, RetainedFlush flush, CancellationToken cancel)
    {
        var refusal = await planner.PlanAsync(session, UndoFlush.ActionId, flush.Instance, flush.Id.ToString(), cancel) switch
        {
            PlanResult.Planned { Plan: var plan } => await ExecuteAsync(session, plan, cancel),
            PlanResult.Refused refused => refused.Why,
            _ => throw new InvalidOperationException("A reply is one of two."),
        };
        await WaitForAsync(refusal, flush, cancel);
        return refusal;
    }

    /// <summary>Its memory is wanted now.</summary>
    /// <param name="flush">As the person saw it.</param>
    /// <returns>Null when it is purged within a second or two.</returns>
    public async Task<Refusal?> GiveUpAsync(string? session, RetainedFlush flush, CancellationToken cancel)
    {
        var (person, refusal) = await authorizer.AskAsync(session, Permission.Flush, flush.Instance, "cache.flush.give-up", cancel);
        if (person is null)
        {
            return refusal;
        }

        var what =
            new AuditEvent(
                "cache.flush.give-up", person.Name,
                person.Address)
            {
                Instance = flush.Instance,
                RunId = flush.RunId,
                Database = flush.Database,
                Subject = flush.Id.ToString(),
                Detail = flush.ForeignKeys is { Length: > 0 } found ? $"Of the kept keys {found}." : null,
            };
        try
        {
            return await audit.WriteAsync<bool>(
                transaction => RetainedFlushTable.EndNow(transaction, flush.Id, flush.ForeignKeys, time.GetUtcNow())
                    ? (true, what)
                    : (false, null), cancel)
                ? null
                : Refusal.Invalid("It is over, it is being brought back, or the check of its names was completed just now. Look again.");
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message);
        }
    }

    private async Task<Refusal?> ExecuteAsync(string? session, ActionPlan plan, CancellationToken cancel) =>
        (await executor.ExecuteAsync(session, new PlanConfirmation(plan.Id, "", ""), cancel) as RunResult.Refused)?.Why;

    /// <summary>
    /// A person who may undo it and cannot yet (a password is asked for, the server is slow) must not lose the minute by it.
    /// </summary>
    private async Task WaitForAsync(Refusal? refusal, RetainedFlush flush, CancellationToken cancel)
    {
        if (refusal is { Kind: not (RefusalKind.SignedOut or RefusalKind.NotGranted) })
        {
            try
            {
                await flushes.HoldAsync(flush, cancel);
            }
            catch (StoreException)
            {
                // The password may be typed in time all the same.
            }
        }
    }
}
