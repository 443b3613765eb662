namespace Dashboard.Instances.Purposes;

/// <summary>The sentences for an instance without findings: the first that applies is shown, of those that are not null.</summary>
public sealed record HealthSentences
{
    /// <summary>When nothing else applies.</summary>
    public required string Usual { get; init; }

    /// <summary>When its memory is full and it evicts.</summary>
    public required string? WhenFull { get; init; }

    /// <summary>When it is known how many application processes listen.</summary>
    public required ListenerSentences? ByListeners { get; init; }

    /// <summary>When it is not known whether it persists.</summary>
    public required string? WhenPersistenceUnverified { get; init; }
}
