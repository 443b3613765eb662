namespace Dashboard.Audit.Chain;

/// <summary>What the head file said.</summary>
internal abstract record AuditHeadReading
{
    public sealed record Read(AuditHead Head) : AuditHeadReading;

    /// <summary>There is no such file.</summary>
    public sealed record Missing : AuditHeadReading;

    /// <summary>Its seal does not fit: somebody changed it, or the key.</summary>
    public sealed record Forged : AuditHeadReading;

    /// <param name="Why">A sentence.</param>
    public sealed record Unreadable(string Why) : AuditHeadReading;

    /// <summary>Null where it is not known.</summary>
    public AuditHead? Known => (this as Read)?.Head;
}
