namespace Dashboard.Valkey;

/// <summary>
/// The name of a key that is a secret, or holds one. It compares by its bytes, and no text of it exists: it cannot end up in a log, a page or
/// an error.
/// </summary>
/// <param name="bytes">Any bytes; not changed afterwards.</param>
internal sealed class SecretKey(byte[] bytes) : IEquatable<SecretKey>
{
    /// <summary>Longer names are not read: an access token has some dozens of bytes.</summary>
    public const int MaxLength = 1024;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool Equals(SecretKey? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => Equals(obj as SecretKey);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => "•••";
}
