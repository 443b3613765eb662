using Dashboard.Instances;

namespace Dashboard.Actions.Tokens;

/// <summary>Something that is done a while after tokens were revoked.</summary>
/// <param name="Run">The run that revoked them.</param>
/// <param name="User">Whose tokens; null where they were of several, or not known.</param>
/// <param name="AllOfUser">Whether all tokens of the user were revoked.</param>
public sealed record RevocationStep(
    Guid Run, RevocationStepKind Kind, InstanceId Instance, string? User, bool AllOfUser, DateTimeOffset DueAt)
{
    /// <summary>Until when the console that works on it is believed to be working on it.</summary>
    public DateTimeOffset Lease { get; init; }

    /// <summary>Null while it is still to be done.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What came of it: <c>ok</c>, <c>warn</c> or <c>unknown</c>; null while it is still to be done.</summary>
    public string? Level { get; init; }

    public string? Sentence { get; init; }

    /// <summary>What the step found, as JSON of its own; null for nothing.</summary>
    internal string? Details { get; init; }

    /// <summary>Whether it is about live sockets.</summary>
    public bool IsOfSockets =>
        Kind is RevocationStepKind.CutSockets or RevocationStepKind.CutSocketsSoon or RevocationStepKind.CutSocketsLater;
}
