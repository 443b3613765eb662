using System.Net;
using System.Security.Claims;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.SignIn;

/// <summary>Ends a person's session, and with it their open pages; also while console.db cannot be used.</summary>
internal sealed class SignOut(SessionStore sessions, AuditTrail audit, SessionMonitor monitor)
{
    public const string Replaced = "replaced by a new sign-in";

    /// <param name="why">The reason for the audit log; null where the person asked for it.</param>
    public async Task EndAsync(ClaimsPrincipal person, IPAddress? address, string? why = null)
    {
        if (person.SessionId() is not { } session)
        {
            return;
        }

        try
        {
            var what = new AuditEvent("sign-out", person.Identity?.Name ?? "", address?.ToString()) { Detail = why };
            await audit.WriteAsync<bool>(
                transaction => sessions.End(transaction, session) ? (true, what) : (false, null), CancellationToken.None);
            await monitor.CheckAsync(CancellationToken.None);
        }
        catch (StoreException)
        {
            // The session ends here at once; in another console, which reads console.db, it ends only by its age.
            sessions.Forget(session);
            monitor.End(session);
        }
    }
}
