using System.Data.Common;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Access.Authorization;

/// <summary>
/// Decides whether a session may act, from what console.db holds at that moment. It is asked where an act happens, whatever the page
/// showed.
/// </summary>
internal sealed class Authorizer(SessionStore sessions, IConsoleStore store, RepeatedRefusals refusals, TimeProvider time)
{
    /// <summary>
    /// Authorizes an act that is not done in a transaction of ours. A refusal is recorded before it is returned; repetitions within a
    /// minute are counted. If it cannot be recorded, it is returned all the same, because nothing is done either way.
    /// </summary>
    /// <param name="session">The id of the session that asks; null when no one is signed in.</param>
    /// <param name="instance">The instance that the act affects; null for the whole console.</param>
    /// <param name="action">The act, as the audit log calls it.</param>
    public async Task<AuthorizationDecision> AuthorizeAsync(
        string? session, Permission permission, InstanceId? instance, string action, CancellationToken cancel)
    {
        try
        {
            var decision = await store.ReadAsync(connection => Authorize(connection, session, permission, instance), cancel);
            await NoteAsync(RowOf(decision, asking => new(action, asking.Name, asking.Address) { Instance = instance }), cancel);
            return decision;
        }
        catch (StoreException unusable)
        {
            return new AuthorizationDecision.Refused(Refusal.AuditUnavailable(unusable.Message));
        }
    }

    /// <summary>
    /// Authorizes as <see cref="AuthorizeAsync"/> does, and returns the session that may act or the reason why it may not.
    /// </summary>
    public async Task<(Session? Person, Refusal? Refusal)> AskAsync(
        string? session, Permission permission, InstanceId? instance, string action, CancellationToken cancel) =>
        await AuthorizeAsync(session, permission, instance, action, cancel) switch
        {
            AuthorizationDecision.Allowed allowed => (allowed.Session, null),
            AuthorizationDecision.Refused refused => (null, refused.Why),
            _ => throw new InvalidOperationException("The authorization decision has an unknown type."),
        };

    /// <summary>Decides on the connection of the transaction in which the act is done, so that no rights change between the two.</summary>
    public AuthorizationDecision Authorize(DbConnection connection, string? session, Permission permission, InstanceId? instance)
    {
        var found = session is null ? null : sessions.Find(connection, session);
        return found is null ? new AuthorizationDecision.Refused(Refusal.SignedOut)
            : found.RefusalOf(permission, instance, time.GetUtcNow()) is { } refusal ? new AuthorizationDecision.Refused(refusal, found)
            : new AuthorizationDecision.Allowed(found);
    }

    /// <param name="row">The row of a refusal; null where there is nothing to record.</param>
    public Task NoteAsync(AuditEvent? row, CancellationToken cancel) => row is null ? Task.CompletedTask : refusals.NoteAsync(row, cancel);

    /// <summary>
    /// Returns the row to record for a decision: a refusal, unless the person only has to confirm their identity and then acts.
    /// </summary>
    /// <param name="what">Makes the row of the act, given the session that asked for it.</param>
    public static AuditEvent? RowOf(AuthorizationDecision decision, Func<Session, AuditEvent> what) =>
        decision is AuthorizationDecision.Refused
        {
            Asking: { } asking,
            Why: { Kind: not (RefusalKind.Idle or RefusalKind.StepUpRequired) } why
        }
            ? what(asking) with { Result = AuditResult.Refused, Detail = why.Sentence }
            : null;
}
