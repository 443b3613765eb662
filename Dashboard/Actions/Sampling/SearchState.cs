namespace Dashboard.Actions.Sampling;

/// <summary>How far a search for foreign keys is.</summary>
/// <param name="Fraction">How much of the keys was looked at, 0 to 1.</param>
/// <param name="Seen">How many keys were looked at.</param>
/// <param name="Findings">What was found so far, by kind.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
internal sealed record SearchState(double Fraction, long Seen, IReadOnlyList<ForeignFinding> Findings, DateTimeOffset? EndedAt)
{
    /// <summary>Whether all keys were looked at.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Why it ended before that, as a sentence; null where it did not.</summary>
    public string? Abort { get; init; }
}
