namespace Dashboard.Access;

/// <summary>Whether an act may be done, and by whom.</summary>
internal abstract record Judgement
{
    private Judgement()
    {
    }

    /// <param name="Session">Whose act it is.</param>
    internal sealed record Allowed(Session Session) : Judgement;

    internal sealed record Refused(Refusal Why) : Judgement;
}
