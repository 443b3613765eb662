using Dashboard.Storage;

namespace Dashboard.Audit;

/// <summary>What came of an owner's word that a backup was put back.</summary>
internal abstract record AcknowledgeReply
{
    /// <param name="Sentence">What was acknowledged.</param>
    public sealed record Acknowledged(string Sentence) : AcknowledgeReply;

    /// <param name="Why">There is nothing to acknowledge, or it is nothing that a backup explains.</param>
    public sealed record Declined(string Why) : AcknowledgeReply;

    public sealed record Refused(StoreFailure Trouble) : AcknowledgeReply;
}
