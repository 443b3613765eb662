using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>What came of an owner's word that a backup was put back.</summary>
internal abstract record AcknowledgeResult
{
    /// <param name="Sentence">What was acknowledged.</param>
    public sealed record Acknowledged(string Sentence) : AcknowledgeResult;

    /// <param name="Why">There is nothing to acknowledge, or it is nothing that a backup explains.</param>
    public sealed record Declined(string Why) : AcknowledgeResult;

    public sealed record Refused(StoreFailure Trouble) : AcknowledgeResult;
}
