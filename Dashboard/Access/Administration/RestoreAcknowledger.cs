using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Audit;
using Dashboard.Audit.Integrity;

namespace Dashboard.Access.Administration;

/// <summary>Records that an owner put a backup back. The permission is checked right before, in a transaction of its own.</summary>
internal sealed class RestoreAcknowledger(Authorizer authorizer, AuditTrail audit)
{
    private const string Action = "audit.restored";

    /// <param name="session">The id of the session that asks.</param>
    /// <param name="reason">The reason in the owner's words.</param>
    /// <returns>Why it was not acknowledged; null when it was.</returns>
    public async Task<Refusal?> AcknowledgeAsync(string? session, string reason, CancellationToken cancel) =>
        await authorizer.AuthorizeAsync(session, Permission.ManageAccess, null, Action, cancel) switch
        {
            AuthorizationDecision.Allowed allowed =>
                RefusalOf(await audit.AcknowledgeRestoreAsync(allowed.Session.Name, allowed.Session.Address, reason, cancel)),
            AuthorizationDecision.Refused refused => refused.Why,
            _ => throw new InvalidOperationException("The authorization decision has an unknown type."),
        };

    private static Refusal? RefusalOf(AcknowledgeResult acknowledgeResult) => acknowledgeResult switch
    {
        AcknowledgeResult.Declined declined => Refusal.Invalid(declined.Why),
        AcknowledgeResult.Refused refused => Refusal.AuditUnavailable(refused.Failure.Why),
        _ => null,
    };
}
