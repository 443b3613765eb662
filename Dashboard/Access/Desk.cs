using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>Where an owner's acts on the console itself happen: the session is found and judged, the act done and written down, in one transaction.</summary>
internal sealed class Desk(Authority authority, AuditTrail audit)
{
    /// <param name="what">The act, as the audit log tells of it; a refusal is told as the same act.</param>
    /// <param name="act">Does it. What it refuses it must not have begun.</param>
    public async Task<DeskReply<T>> ActAsync<T>(
        string? session, Func<SqliteTransaction, Session, AuditEvent> what, Func<SqliteTransaction, Session, DeskReply<T>> act, CancellationToken cancel)
    {
        try
        {
            // Refusals may come by the hundred: they are gathered, outside of the transaction.
            AuditEvent? refusal = null;
            var reply = await audit.WriteAsync<DeskReply<T>>(
                transaction =>
                {
                    switch (authority.Judge(transaction.Connection!, session, Permission.ManageAccess, null))
                    {
                        case Judgement.Allowed allowed:
                            return Done(transaction, allowed.Session, what, act);
                        case Judgement.Refused refused:
                            refusal = Authority.RowOf(refused, asking => what(transaction, asking));
                            return (refused.Why, null);
                        default:
                            throw new InvalidOperationException("A judgement is one of two.");
                    }
                }, cancel);
            await authority.NoteAsync(refusal, cancel);
            return reply;
        }
        catch (StoreException unusable)
        {
            return Refusal.NoRecords(unusable.Message);
        }
    }

    private static (DeskReply<T>, AuditEvent?) Done<T>(
        SqliteTransaction transaction, Session owner, Func<SqliteTransaction, Session, AuditEvent> what, Func<SqliteTransaction, Session, DeskReply<T>> act)
    {
        var row = what(transaction, owner);
        var reply = act(transaction, owner);
        return (reply, reply.Refusal is { } refusal ? row with { Result = AuditResult.Refused, Detail = refusal.Sentence } : row);
    }
}
