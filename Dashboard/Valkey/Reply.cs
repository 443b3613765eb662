namespace Dashboard.Valkey;

/// <summary>What a server answered to one question: a value, or why there is none.</summary>
internal readonly record struct Reply<T>
{
    private Reply(T? value, Fault? fault) => (Value, Fault) = (value, fault);

    /// <summary>The answer; meaningful only when <see cref="Fault"/> is null.</summary>
    public T? Value { get; }

    public Fault? Fault { get; }

    /// <summary>How long the server took for this question alone, without connecting; null when that was not measured separately.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>For test output and debugging: the fault, or the beginning of the value.</summary>
    public override string ToString() =>
        Fault?.ToString() ?? $"{Value}" switch { { Length: > 80 } text => text[..80] + "…", var text => text };

    public static implicit operator Reply<T>(T value) => new(value, null);

    public static implicit operator Reply<T>(Fault fault) => new(default, fault);
}
