namespace Dashboard.Instances.Purposes;

/// <summary>What a fault of a server means for the application's users.</summary>
public sealed record UserImpact
{
    /// <summary>
    /// The order of findings of the same severity, lowest first: users locked out, then a database under load, then pages that do not
    /// update.
    /// </summary>
    public required int Urgency { get; init; }

    /// <summary>When the server does not serve.</summary>
    public required string WhenDown { get; init; }

    /// <summary>When it refuses writes.</summary>
    public required string WhenWritesFail { get; init; }

    /// <summary>
    /// When even deleting is refused, as under MISCONF; it follows a sentence, with a space before it. Empty where deleting is never
    /// urgent.
    /// </summary>
    public required string WhenDeletesFail { get; init; }

    /// <summary>When it is a replica.</summary>
    public required string WhenReplica { get; init; }

    /// <summary>When its eviction policy is not the promised one; null where none is promised.</summary>
    public required string? WhenPolicyIsWrong { get; init; }

    /// <summary>What a restart does to a server without the promised append-only file, a clause; null where none is promised.</summary>
    public required string? WhenNotPersisted { get; init; }
}
