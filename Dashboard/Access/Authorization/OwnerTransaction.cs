using System.Data.Common;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.Authorization;

/// <summary>
/// Runs an owner's acts on the console itself: in one transaction, it finds and authorizes the session, does the act and records it.
/// </summary>
internal sealed class OwnerTransaction(Authorizer authorizer, AuditTrail audit)
{
    /// <param name="what">Makes the row of the act for the audit log; a refusal is recorded as the same act.</param>
    /// <param name="act">Does the act. It must not have begun what it refuses.</param>
    public async Task<CommandResult<T>> ActAsync<T>(
        string? session, Func<DbTransaction, Session, AuditEvent> what, Func<DbTransaction, Session, CommandResult<T>> act,
        CancellationToken cancel)
    {
        try
        {
            // Hundreds of refusals may come: they are aggregated, outside the transaction.
            AuditEvent? refusal = null;
            var result = await audit.WriteAsync<CommandResult<T>>(
                transaction =>
                {
                    switch (authorizer.Authorize(transaction.Connection!, session, Permission.ManageAccess, null))
                    {
                        case AuthorizationDecision.Allowed allowed:
                            return Done(transaction, allowed.Session, what, act);
                        case AuthorizationDecision.Refused refused:
                            refusal = Authorizer.RowOf(refused, asking => what(transaction, asking));
                            return (refused.Why, null);
                        default:
                            throw new InvalidOperationException("The authorization decision has an unknown type.");
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
