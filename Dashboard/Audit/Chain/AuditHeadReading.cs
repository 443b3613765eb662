namespace Dashboard.Audit.Chain;

/// <summary>The result of reading the head file.</summary>
internal abstract record AuditHeadReading
{
    public sealed record Read(AuditHead Head) : AuditHeadReading;

    /// <summary>The file does not exist.</summary>
    public sealed record Missing : AuditHeadReading;

    /// <summary>The seal does not fit: the file or the key was changed.</summary>
    public sealed record Forged : AuditHeadReading;

    /// <param name="Why">A sentence for a person.</param>
    public sealed record Unreadable(string Why) : AuditHeadReading;

    /// <summary>The head; null where it could not be read.</summary>
    public AuditHead? Known => (this as Read)?.Head;
}
