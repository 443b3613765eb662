using Dashboard.Audit.Events;

namespace Dashboard.Actions;

/// <summary>What happened.</summary>
/// <param name="Result">Done, failed, cancelled half-way, or unknown where the answer was lost.</param>
/// <param name="Sentence">For people and the audit log; no secret in it.</param>
public sealed record ActionOutcome(AuditResult Result, string Sentence)
{
    /// <summary>By name, e.g. <c>keys</c> or <c>expired</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();
}
