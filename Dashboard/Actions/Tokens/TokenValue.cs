namespace Dashboard.Actions.Tokens;

/// <summary>What the value of a token's key says.</summary>
/// <param name="Form">What it is, in words, e.g. <c>JSON</c> or <c>Ruby Marshal</c>.</param>
/// <param name="IsRead">Whether it has the declared form; otherwise nothing in it is read.</param>
internal sealed record TokenValue(string Form, bool IsRead)
{
    /// <summary>The user's id as text; null where the value names none.</summary>
    public string? User { get; init; }

    /// <summary>When it was created, as the value says it; null where it does not.</summary>
    public string? CreatedText { get; init; }

    /// <summary>The same as a time; null where it is none. Read when it is needed, because a scan needs it for few tokens.</summary>
    public DateTimeOffset? Created => CreatedText is { } text ? TokenValueReader.TimeOf(text) : null;
}
