using Dashboard.Audit.Events;

namespace Dashboard.Actions;

/// <summary>The result of executing a plan.</summary>
/// <param name="Result">Done, failed, cancelled part-way, or unknown where the answer was lost.</param>
/// <param name="Sentence">For people and the audit log; contains no secret.</param>
public sealed record ActionOutcome(AuditResult Result, string Sentence)
{
    /// <summary>Counts by name, e.g. <c>keys</c> or <c>expired</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();
}
