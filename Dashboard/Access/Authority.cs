using Dashboard.Audit;
using Dashboard.Instances;
using Dashboard.Store;

namespace Dashboard.Access;

/// <summary>Judges whether a session may act, from what console.db says at that moment. Asked where an act happens, whatever the page showed.</summary>
internal sealed class Authority(SessionBook sessions, RepeatedRefusals refusals, TimeProvider time)
{
    /// <summary>A refusal is written down before it is given, the same again within a minute is counted; where that cannot be, it is given all the same: nothing is done either way.</summary>
    /// <param name="session">The id of the session that asks; null when nobody is signed in.</param>
    /// <param name="instance">The instance it is about; null for the whole console.</param>
    public async Task<Judgement> JudgeAsync(string? session, Permission permission, InstanceId? instance, CancellationToken cancel)
    {
        try
        {
            var found = session is null ? null : sessions.Find(session);
            if (found is null)
            {
                return new Judgement.Refused(Refusal.SignedOut);
            }

            if (found.RefusalOf(permission, instance, time.GetUtcNow()) is not { } refusal)
            {
                return new Judgement.Allowed(found);
            }

            await refusals.NoteAsync(
                new AuditEvent(permission.Id, found.Name, found.Address) { Instance = instance, Result = AuditResult.Refused, Detail = refusal.Sentence }, cancel);
            return new Judgement.Refused(refusal);
        }
        catch (StoreException unusable)
        {
            return new Judgement.Refused(Refusal.NoRecords(unusable.Message));
        }
    }
}
