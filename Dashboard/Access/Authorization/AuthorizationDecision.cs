using Dashboard.Access.Sessions;

namespace Dashboard.Access.Authorization;

/// <summary>States whether an act is allowed, and for which session.</summary>
internal abstract record AuthorizationDecision
{
    private AuthorizationDecision()
    {
    }

    /// <param name="Session">The session that may act.</param>
    internal sealed record Allowed(Session Session) : AuthorizationDecision;

    /// <param name="Asking">The session that asked; null when there is none.</param>
    internal sealed record Refused(Refusal Why, Session? Asking = null) : AuthorizationDecision;
}
