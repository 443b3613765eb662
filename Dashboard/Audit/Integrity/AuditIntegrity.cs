using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>Whether the log is as it was written, as far as the console knows. The badge shows it.</summary>
/// <param name="Verdict">The verdict of the last check; null before the first one.</param>
/// <param name="CheckedAt">When that check ended; null before the first one.</param>
/// <param name="Trouble">Why the file could not be checked the last time; null when it could.</param>
/// <param name="HeadTrouble">Why the head file cannot be written; null while it can.</param>
internal sealed record AuditIntegrity(
    ChainVerdict? Verdict, DateTimeOffset? CheckedAt, StoreFailure? Trouble = null, string? HeadTrouble = null)
{
    /// <summary>True when the log is proven, false when something is wrong, null before the first check.</summary>
    public bool? IsSound => Trouble is not null || HeadTrouble is not null ? false : Verdict?.IsSound;

    /// <summary>Whether the first fault is one that an owner may acknowledge.</summary>
    public bool CanBeAcknowledged => Trouble is null && Verdict?.Fault is { CanBeAcknowledged: true };

    /// <summary>What is wrong, for a person, or that nothing is.</summary>
    public string Sentence => Trouble?.Why
        ?? (Verdict is { IsSound: false } broken ? broken.Sentence : HeadTrouble)
        ?? Verdict?.Sentence
        ?? "The audit log is being checked for the first time.";
}
