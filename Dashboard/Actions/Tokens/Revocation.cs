namespace Dashboard.Actions.Tokens;

/// <summary>What is still looked at after a run revoked tokens, and what came of it.</summary>
/// <param name="Run">The run.</param>
/// <param name="User">Whose tokens; null where they were of several, or not known.</param>
public sealed record Revocation(Guid Run, string? User) : AftermathItem(Run)
{
    public IReadOnlyList<RevocationStep> Steps { get; init; } = [];
}
