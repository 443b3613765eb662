namespace Dashboard.Access;

/// <summary>What came of an act on accounts or machine tokens.</summary>
/// <param name="Refusal">Why it was not done; null when it was.</param>
internal readonly record struct DeskReply<T>(T? Value, Refusal? Refusal)
{
    public bool IsDone => Refusal is null;

    public static implicit operator DeskReply<T>(T value) => new(value, null);

    public static implicit operator DeskReply<T>(Refusal refusal) => new(default, refusal);
}
