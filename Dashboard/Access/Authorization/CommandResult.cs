namespace Dashboard.Access.Authorization;

/// <summary>The result of an act on accounts or machine tokens.</summary>
/// <param name="Refusal">Why it was not done; null when it was.</param>
internal readonly record struct CommandResult<T>(T? Value, Refusal? Refusal)
{
    public bool IsDone => Refusal is null;

    public static implicit operator CommandResult<T>(T value) => new(value, null);

    public static implicit operator CommandResult<T>(Refusal refusal) => new(default, refusal);
}
