using System.Text;

namespace Dashboard.Valkey;

/// <summary>A password as it is sent. It compares by content and never shows it.</summary>
/// <param name="bytes">The file's content less one trailing line feed.</param>
/// <param name="rejectionHint">What is unusual about the beginning or end of the file, a likely reason for a rejection; otherwise when it
/// was last changed.</param>
internal sealed class Password(byte[] bytes, string rejectionHint = "") : IEquatable<Password>
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>What to report when the server rejects the password; never the content.</summary>
    public string RejectionHint => rejectionHint;

    public string RemoveFrom(string text) => text.Replace(Encoding.UTF8.GetString(bytes), "•••", StringComparison.Ordinal);

    public bool Equals(Password? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => Equals(obj as Password);

    public override int GetHashCode() => bytes.Length;

    public override string ToString() => "•••";
}
