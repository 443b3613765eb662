using Dashboard.Audit;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>Where an owner's acts on the console itself happen: judged, done and written down in one transaction.</summary>
internal sealed class Desk(Authority authority, AuditTrail audit)
{
    /// <param name="act">Does it, and tells what it was; a refusal undoes nothing because it comes first.</param>
    public async Task<DeskReply<T>> ActAsync<T>(string? session, Func<SqliteTransaction, Session, (DeskReply<T> Reply, AuditEvent Event)> act, CancellationToken cancel)
    {
        switch (await authority.JudgeAsync(session, Permission.ManageAccess, null, cancel))
        {
            case Judgement.Allowed allowed:
                try
                {
                    return await audit.WriteAsync<DeskReply<T>>(transaction => Written(act(transaction, allowed.Session)), cancel);
                }
                catch (StoreException unusable)
                {
                    return Refusal.NoRecords(unusable.Message);
                }

            case Judgement.Refused refused:
                return refused.Why;
            default:
                throw new InvalidOperationException("A judgement is one of two.");
        }
    }

    private static (DeskReply<T>, AuditEvent?) Written<T>((DeskReply<T> Reply, AuditEvent Event) done) =>
        (done.Reply, done.Reply.Refusal is { } refusal ? done.Event with { Result = AuditResult.Refused, Detail = refusal.Sentence } : done.Event);
}
