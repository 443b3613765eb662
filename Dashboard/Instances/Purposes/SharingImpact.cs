namespace Dashboard.Instances.Purposes;

/// <summary>
/// What it means for a purpose to share a server with others. Each text is a part of a sentence; null where there is nothing to say.
/// </summary>
public sealed record SharingImpact
{
    /// <summary>What fails with the server, e.g. <c>sign-ins</c>.</summary>
    public required string Fails { get; init; }

    /// <summary>What a server that evicts does to this purpose.</summary>
    public required string? WhenEvicting { get; init; }

    /// <summary>Which of its writes are refused by a full server that does not evict, named beside another purpose's.</summary>
    public required string? RefusedWrites { get; init; }

    /// <summary>What an append-only file costs this purpose.</summary>
    public required string? WhenPersisting { get; init; }
}
