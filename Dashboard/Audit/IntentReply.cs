using Dashboard.Storage;

namespace Dashboard.Audit;

/// <summary>Whether an intent is on the disk: only then may its act begin.</summary>
internal abstract record IntentReply
{
    public sealed record Written(AuditIntent Intent) : IntentReply;

    public sealed record Refused(StoreFailure Trouble) : IntentReply;
}
