namespace Dashboard.Valkey;

/// <summary>The patterns of keys that the settings name, for the commands that are declared with a placeholder.</summary>
/// <param name="OfTokens">The keys of access tokens.</param>
/// <param name="OfIndexes">The sets that list a user's tokens.</param>
internal sealed record KeyPatterns(IReadOnlyList<NamedKeys> OfTokens, IReadOnlyList<NamedKeys> OfIndexes)
{
    /// <summary>The placeholder for the keys of access tokens, in <see cref="UsesCommandAttribute.Keys"/> and its example.</summary>
    public const string Tokens = "<tokens>";

    /// <summary>The placeholder for the sets that list a user's tokens.</summary>
    public const string TokenIndexes = "<token indexes>";

    /// <summary>Without settings: <c>token:*</c>, and no sets.</summary>
    public static KeyPatterns Default { get; } = new([new("token:*", "token:x")], []);

    /// <returns>Null for what is no placeholder.</returns>
    public IReadOnlyList<NamedKeys>? Of(string placeholder) => placeholder switch
    {
        Tokens => OfTokens,
        TokenIndexes => OfIndexes,
        _ => null,
    };
}
