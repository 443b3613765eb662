namespace Dashboard.Audit;

/// <summary>What the head file said.</summary>
internal abstract record HeadReading
{
    public sealed record Read(AuditHead Head) : HeadReading;

    /// <summary>There is no such file.</summary>
    public sealed record Missing : HeadReading;

    /// <summary>Its seal does not fit: somebody changed it, or the key.</summary>
    public sealed record Forged : HeadReading;

    /// <param name="Why">A sentence.</param>
    public sealed record Unreadable(string Why) : HeadReading;

    /// <summary>Null where it is not known.</summary>
    public AuditHead? Known => (this as Read)?.Head;
}
