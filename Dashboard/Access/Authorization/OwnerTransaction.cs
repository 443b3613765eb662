using System.Data.Common;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.Authorization;

/// <summary>
/// Where an owner's acts on the console itself happen: the session is found and judged, the act done and written down, in one transaction.
/// </summary>
internal sealed class OwnerTransaction(Authorizer authorizer, AuditTrail audit)
{
    /// <param name="what">The act, as the audit log tells of it; a refusal is told as the same act.</param>
    /// <param name="act">Does it. What it refuses it must not have begun.</param>
    public async Task<CommandResult<T>> ActAsync<T>(
        string? session, Func<DbTransaction, Session, AuditEvent> what, Func<DbTransaction, Session, CommandResult<T>> act,
        CancellationToken cancel)
    {
        try
        {
            // Refusals may come by the hundred: they are gathered, outside of the transaction.
            AuditEvent? refusal = null;
            var result = await audit.WriteAsync<CommandResult<T>>(
                transaction =>
                {
                    switch (authorizer.Judge(transaction.Connection!, session, Permission.ManageAccess, null))
                    {
                        case AuthorizationDecision.Allowed allowed:
                            return Done(transaction, allowed.Session, what, act);
                        case AuthorizationDecision.Refused refused:
                            refusal = Authorizer.RowOf(refused, asking => what(transaction, asking));
                            return (refused.Why, null);
                        default:
                            throw new InvalidOperationException("A judgement is one of two.");
                    }
                }, cancel);
            await authorizer.NoteAsync(refusal, cancel);
            return result;
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message);
        }
    }

    private static (CommandResult<T>, AuditEvent?) Done<T>(
        DbTransaction transaction, Session owner, Func<DbTransaction, Session, AuditEvent> what,
        Func<DbTransaction, Session, CommandResult<T>> act)
    {
        var row = what(transaction, owner);
        var result = act(transaction, owner);
        return (result, result.Refusal is { } refusal ? row with { Result = AuditResult.Refused, Detail = refusal.Sentence } : row);
    }
}
