namespace Dashboard.Actions.Tokens;

/// <summary>One kind of token, as the settings declare it.</summary>
/// <param name="Name">Its name in the settings and on pages, e.g. <c>access</c>.</param>
/// <param name="Pattern">How its keys are named.</param>
/// <param name="UserPath">Where the value names the user: a JSON Pointer, or the field of a hash; empty for nowhere.</param>
/// <param name="CreatedPath">Where the value says when it was created: a JSON Pointer, or the field of a hash; empty for nowhere.</param>
/// <param name="Index">The name of the set that lists a user's tokens; null for none.</param>
/// <param name="Ttl">How long a token lives by the application's rules; null where that is not known.</param>
public sealed record TokenKind(
    string Name, TokenPattern Pattern, TokenKeyForm KeyHolds, TokenValueForm Value, string UserPath, string CreatedPath,
    TokenPattern? Index, TimeSpan? Ttl)
{
    /// <summary>Whether a token's user can be told: from the name of its key, or from its value.</summary>
    public bool NamesUser => Pattern.HasUser || Value != TokenValueForm.Opaque;

    /// <summary>
    /// The key of a token that a person has. Null where it does not follow from the token: the user stands in the name as well, or only the
    /// value holds the secret.
    /// </summary>
    public byte[]? KeyOf(ReadOnlySpan<byte> secret) => KeyHolds == TokenKeyForm.User || Pattern.HasUser || secret.IsEmpty
        ? null
        : Pattern.Fill(user: default, TokenDigest.InKey(secret, KeyHolds));
}
