using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>Whether the log is as it was written, as far as the console knows. The badge shows it.</summary>
/// <param name="Verdict">The verdict of the last check; null before the first one.</param>
/// <param name="CheckedAt">When that check ended; null before the first one.</param>
/// <param name="Failure">Why the file could not be checked the last time; null when it could.</param>
/// <param name="HeadFailure">Why the head file cannot be written; null while it can.</param>
internal sealed record AuditIntegrity(
    ChainVerdict? Verdict, DateTimeOffset? CheckedAt, StoreFailure? Failure = null, string? HeadFailure = null)
{
    /// <summary>True when the log is proven, false when something is wrong, null before the first check.</summary>
    public bool? IsSound => Failure is not null || HeadFailure is not null ? false : Verdict?.IsSound;

    /// <summary>Whether the first fault is one that an owner may acknowledge.</summary>
    public bool CanBeAcknowledged => Failure is null && Verdict?.Fault is { CanBeAcknowledged: true };

    /// <summary>What is wrong, for a person, or that nothing is.</summary>
    public string Sentence => Failure?.Why
        ?? (Verdict is { IsSound: false } broken ? broken.Sentence : HeadFailure)
        ?? Verdict?.Sentence
        ?? "The audit log is being checked for the first time.";
}
