using Dashboard.Storage;

namespace Dashboard.Audit.Intents;

/// <summary>Whether an intent is on the disk: only then may its act begin.</summary>
internal abstract record IntentResult
{
    public sealed record Written(AuditIntent Intent) : IntentResult;

    public sealed record Refused(StoreFailure Failure) : IntentResult;
}
