namespace Dashboard.Valkey;

/// <summary>A key that may be a token, and its value as far as it is small.</summary>
/// <param name="Type">The server's type, e.g. <c>string</c> or <c>hash</c>.</param>
/// <param name="Size">Bytes of a string, fields of a hash; 0 for another type.</param>
internal sealed record TokenEntry(SecretKey Key, string Type, long Size)
{
    /// <summary>The value is not read beyond this number of bytes.</summary>
    public const int MaxValue = 4096;

    /// <summary>The value of a string, or of the field of a hash that names the user; null where it is larger, or missing.</summary>
    public byte[]? Value { get; init; }

    /// <summary>The value of the field of a hash that says when it was created; null where there is none.</summary>
    public byte[]? Created { get; init; }

    /// <summary>The time to live in milliseconds; -1 for none, null where it was not asked for.</summary>
    public long? Ttl { get; init; }

    /// <summary>Holds no part of the key or the value.</summary>
    public override string ToString() => $"{Type} of {Size}";
}
