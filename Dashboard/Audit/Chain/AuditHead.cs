namespace Dashboard.Audit.Chain;

/// <summary>The newest row of the log. Every earlier row can be proven from it.</summary>
/// <param name="Sequence">The number of the row; 0 before the first row.</param>
internal sealed record AuditHead(long Sequence, byte[] Hash)
{
    /// <summary>The head that the first row follows.</summary>
    public static readonly AuditHead None = new(0, new byte[ChainKey.HashBytes]);

    public static AuditHead Of(AuditRow row) => new(row.Sequence, row.Hash);

    /// <summary>Compares the content of the hashes: as arrays, two readings of one head would differ.</summary>
    public bool Equals(AuditHead? other) => other is not null && Sequence == other.Sequence && Hash.AsSpan().SequenceEqual(other.Hash);

    public override int GetHashCode() => Sequence.GetHashCode();
}
