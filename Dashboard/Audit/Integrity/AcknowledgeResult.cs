using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>The result of an owner's acknowledgement that a backup was put back.</summary>
internal abstract record AcknowledgeResult
{
    /// <param name="Sentence">The fault that was acknowledged.</param>
    public sealed record Acknowledged(string Sentence) : AcknowledgeResult;

    /// <param name="Why">Why not: there is nothing to acknowledge, or a backup does not explain the fault.</param>
    public sealed record Declined(string Why) : AcknowledgeResult;

    public sealed record Refused(StoreFailure Failure) : AcknowledgeResult;
}
