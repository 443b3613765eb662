using System.Runtime.CompilerServices;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>A token that a server holds, as it was read.</summary>
/// <param name="Entry">The key and its value as the server returned them; never shown.</param>
internal sealed record FoundToken(TokenEntry Entry, TokenKind Kind, TokenValue Value)
{
    private StrongBox<TokenDigest?>? _digest;

    /// <summary>
    /// Null for a token that is too short to be identified by its digest, or whose key does not hold it. It is computed when it is first
    /// needed, because a scan reads many tokens and keeps few.
    /// </summary>
    public TokenDigest? Digest => (_digest ??= new(TokenReader.DigestOf(Entry, Kind))).Value;

    /// <summary>Whose token it is; null where neither the key nor the value says it.</summary>
    public string? User { get; init; }

    public SecretKey Key => Entry.Key;

    public DateTimeOffset? Created => Value.Created;

    /// <summary>How long it lives from when it was read; null without a time to live, and where that was not read.</summary>
    public TimeSpan? TimeToLive => Entry.Ttl is >= 0 and var left ? Span(left) : null;

    /// <summary>Whether it never expires; null where that was not read.</summary>
    public bool? IsWithoutTtl => Entry.Ttl is { } left ? left < 0 : null;

    /// <summary>
    /// When it was created if it had the time to live of its kind then. An estimate: an application may extend or shorten it. Null where
    /// that is not known.
    /// </summary>
    public DateTimeOffset? EstimatedCreation(DateTimeOffset readAt) =>
        Kind.Ttl is { } whole && TimeToLive is { } left && left <= whole ? readAt - (whole - left) : null;

    /// <summary>What pages and the audit log call it.</summary>
    public string Name => Digest is { } digest ? $"token {digest.Fingerprint}" : "token without a fingerprint";

    /// <summary>The same without the value, which may be a secret.</summary>
    public FoundToken WithoutValue()
    {
        // It may follow from the value.
        _ = Digest;
        return this with { Entry = Entry with { Value = null, Created = null } };
    }

    /// <summary>Whether the same was read; the digest follows from it.</summary>
    public bool Equals(FoundToken? other) =>
        other is not null && Entry == other.Entry && Kind == other.Kind && Value == other.Value && User == other.User;

    public override int GetHashCode() => Key.GetHashCode();

    /// <summary>A server allows times to live of 292 million years.</summary>
    private static TimeSpan Span(long milliseconds) =>
        milliseconds < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.MaxValue;
}
