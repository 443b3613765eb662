using System.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>Reads the keys that a server returned as tokens. Pure.</summary>
internal static class TokenReader
{
    /// <returns>Null for a key of no kind, or of another kind than the one that was scanned for.</returns>
    public static FoundToken? Read(TokenEntry entry, TokenKind kind, TokenSettings settings)
    {
        if (IsBlacklist(entry.Key.Bytes.Span))
        {
            return null;
        }

        if (settings.KindOf(entry.Key.Bytes.Span) != kind || !kind.Pattern.Match(entry.Key.Bytes.Span, out var user, out _))
        {
            return null;
        }

        var value = TokenValueReader.Read(entry, kind);
        return new(entry, kind, value) { User = user.IsEmpty ? value.User : TextOf(user) };
    }

    /// <returns>Null where it reveals too much, or is not of the declared form.</returns>
    public static TokenDigest? DigestOf(TokenEntry entry, TokenKind kind) =>
        kind.KeyHolds == TokenKeyForm.User ? entry.Value is { } secret ? TokenDigest.OfSecret(secret) : null
        : kind.Pattern.Match(entry.Key.Bytes.Span, out _, out var token) ? TokenDigest.OfKey(token, kind.KeyHolds)
        : null;

    /// <summary>Whether it keeps a revoked JSON Web Token out: deleting it would make that token valid again.</summary>
    public static bool IsBlacklist(ReadOnlySpan<byte> key) =>
        key.StartsWith(TokenPattern.Blacklist) || key.IndexOf(":blacklist:"u8) >= 0;

    /// <summary>Which fields of a hash are read.</summary>
    public static TokenFields FieldsOf(TokenKind kind) => kind.Value switch
    {
        TokenValueForm.Hash => new(kind.UserPath, kind.CreatedPath),
        // A JSON Pointer to a member of the value is the field of a hash of the same shape.
        TokenValueForm.Auto => new(kind.UserPath.TrimStart('/'), kind.CreatedPath.TrimStart('/')),
        _ => TokenFields.None,
    };

    /// <returns>Null for bytes that are no text: such a user cannot be asked for.</returns>
    private static string? TextOf(ReadOnlySpan<byte> user) =>
        user.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 && user.IndexOfAnyInRange((byte)0, (byte)' ') < 0
            ? Encoding.ASCII.GetString(user)
            : null;
}
