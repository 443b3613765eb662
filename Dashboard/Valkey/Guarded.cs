namespace Dashboard.Valkey;

/// <summary>What came of one guarded step: its result, or the condition that did not hold; then the server did nothing.</summary>
internal sealed record Guarded<T>
{
    private Guarded(T? value, Breach? breach) => (Value, Breach) = (value, breach);

    /// <summary>Meaningful only when <see cref="Breach"/> is null.</summary>
    public T? Value { get; }

    public Breach? Breach { get; }

    public static implicit operator Guarded<T>(T value) => new(value, null);

    public static implicit operator Guarded<T>(Breach breach) => new(default, breach);
}
