namespace Dashboard.Valkey;

/// <summary>What came of one guarded step: its result, or the condition that did not hold; then the server did nothing.</summary>
internal sealed record PreconditionResult<T>
{
    private PreconditionResult(T? value, FailedPrecondition? failed) => (Value, Failed) = (value, failed);

    /// <summary>Meaningful only when <see cref="Failed"/> is null.</summary>
    public T? Value { get; }

    public FailedPrecondition? Failed { get; }

    public static implicit operator PreconditionResult<T>(T value) => new(value, null);

    public static implicit operator PreconditionResult<T>(FailedPrecondition failed) => new(default, failed);
}
