using System.Data.Common;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Access.Authorization;

/// <summary>
/// Judges whether a session may act, from what console.db says at that moment. Asked where an act happens, whatever the page showed.
/// </summary>
internal sealed class Authorizer(SessionStore sessions, IConsoleStore store, RepeatedRefusals refusals, TimeProvider time)
{
    /// <summary>
    /// Before an act that is done in no transaction of ours. A refusal is written down before it is given, the same again within a minute
    /// is counted; where that cannot be, it is given all the same: nothing is done either way.
    /// </summary>
    /// <param name="session">The id of the session that asks; null when nobody is signed in.</param>
    /// <param name="instance">The instance it is about; null for the whole console.</param>
    /// <param name="action">The act, as the audit log calls it.</param>
    public async Task<AuthorizationDecision> JudgeAsync(
        string? session, Permission permission, InstanceId? instance, string action, CancellationToken cancel)
    {
        try
        {
            var decision = await store.ReadAsync(connection => Judge(connection, session, permission, instance), cancel);
            await NoteAsync(RowOf(decision, asking => new(action, asking.Name, asking.Address) { Instance = instance }), cancel);
            return decision;
        }
        catch (StoreException unusable)
        {
            return new AuthorizationDecision.Refused(Refusal.AuditUnavailable(unusable.Message));
        }
    }

    /// <summary>The same as <see cref="JudgeAsync"/>: the session that may, or why it may not.</summary>
    public async Task<(Session? Person, Refusal? Refusal)> AskAsync(
        string? session, Permission permission, InstanceId? instance, string action, CancellationToken cancel) =>
        await JudgeAsync(session, permission, instance, action, cancel) switch
        {
            AuthorizationDecision.Allowed allowed => (allowed.Session, null),
            AuthorizationDecision.Refused refused => (null, refused.Why),
            _ => throw new InvalidOperationException("A judgement is one of two."),
        };

    /// <summary>On the connection of the transaction in which the act is done: nobody's rights change between the two.</summary>
    public AuthorizationDecision Judge(DbConnection connection, string? session, Permission permission, InstanceId? instance)
    {
        var found = session is null ? null : sessions.Find(connection, session);
        return found is null ? new AuthorizationDecision.Refused(Refusal.SignedOut)
            : found.RefusalOf(permission, instance, time.GetUtcNow()) is { } refusal ? new AuthorizationDecision.Refused(refusal, found)
            : new AuthorizationDecision.Allowed(found);
    }

    /// <param name="row">Of a refusal; null where there is nothing to write down.</param>
    public Task NoteAsync(AuditEvent? row, CancellationToken cancel) => row is null ? Task.CompletedTask : refusals.NoteAsync(row, cancel);

    /// <summary>
    /// What is to be written down of a judgement by itself: a refusal, unless the person only has to confirm that it is them, and then
    /// acts.
    /// </summary>
    /// <param name="what">The act, of whoever asked for it.</param>
    public static AuditEvent? RowOf(AuthorizationDecision decision, Func<Session, AuditEvent> what) =>
        decision is AuthorizationDecision.Refused
        {
            Asking: { } asking,
            Why: { Kind: not (RefusalKind.Idle or RefusalKind.StepUpRequired) } why
        }
            ? what(asking) with { Result = AuditResult.Refused, Detail = why.Sentence }
            : null;
}
