using Dashboard.Access.Sessions;

namespace Dashboard.Access.Authorization;

/// <summary>Whether an act may be done, and by whom.</summary>
internal abstract record AuthorizationDecision
{
    private AuthorizationDecision()
    {
    }

    /// <param name="Session">Whose act it is.</param>
    internal sealed record Allowed(Session Session) : AuthorizationDecision;

    /// <param name="Asking">Whose session asked; null when there is none.</param>
    internal sealed record Refused(Refusal Why, Session? Asking = null) : AuthorizationDecision;
}
