namespace Dashboard.Valkey;

/// <summary>The result of one guarded step, or the condition that did not hold; in that case the server did nothing.</summary>
internal sealed record PreconditionResult<T>
{
    private PreconditionResult(T? value, FailedPrecondition? failed) => (Value, Failed) = (value, failed);

    /// <summary>Meaningful only when <see cref="Failed"/> is null.</summary>
    public T? Value { get; }

    public FailedPrecondition? Failed { get; }

    /// <summary>What the step added to the server's counters of hits and misses.</summary>
    public KeyLookups Lookups { get; init; }

    public static implicit operator PreconditionResult<T>(T value) => new(value, null);

    public static implicit operator PreconditionResult<T>(FailedPrecondition failed) => new(default, failed);
}
