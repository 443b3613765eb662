namespace Dashboard.Access;

/// <summary>Whether an act may be done, and by whom.</summary>
internal abstract record Judgement
{
    private Judgement()
    {
    }

    /// <param name="Session">Whose act it is.</param>
    internal sealed record Allowed(Session Session) : Judgement;

    /// <param name="Asking">Whose session asked; null when there is none.</param>
    internal sealed record Refused(Refusal Why, Session? Asking = null) : Judgement;
}
