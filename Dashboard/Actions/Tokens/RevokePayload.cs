namespace Dashboard.Actions.Tokens;

/// <summary>Which tokens a plan revokes.</summary>
/// <param name="Selected">Exactly these, by their keys; empty for all that the filter matches.</param>
/// <param name="Filter">What all of them have in common; used where none is selected.</param>
internal sealed record RevokePayload(IReadOnlyList<FoundToken> Selected, TokenFilter Filter) : ActionPayload
{
    /// <summary>The user whose tokens they are; null where they are of several, or not known.</summary>
    public string? User => Filter.User
        ?? (Selected.Select(token => token.User).Distinct().ToList() is [{ } one] ? one : null);

    /// <summary>Whether all tokens of a user are meant, and not only some.</summary>
    public bool IsAllOfUser => Selected.Count == 0 && Filter == new TokenFilter { User = Filter.User } && Filter.User is not null;
}
