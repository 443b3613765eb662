namespace Dashboard.Access;

/// <summary>Hashing a password takes half a second of a core, on purpose. So few at once, and so few waiting, that anonymous callers cannot take the machine.</summary>
/// <remarks>People who are signed in, or come from where they came before, have a door of their own: a crowd at the other does not keep them out.</remarks>
internal sealed class HashingGate : IDisposable
{
    /// <summary>Passwords judged, and hashed where they may be taken, at the same time.</summary>
    public const int AtOnceChosen = 1;

    private readonly HashingLane _strangers = new();
    private readonly HashingLane _known = new();
    private readonly HashingLane _choosers = new(AtOnceChosen);

    /// <param name="known">Whether it is for somebody known.</param>
    /// <returns>Default when too many wait already.</returns>
    /// <exception cref="OperationCanceledException">The caller left while waiting.</exception>
    public Task<(bool Ran, T? Result)> RunAsync<T>(bool known, Func<Task<T>> hash, CancellationToken cancel) => (known ? _known : _strangers).RunAsync(hash, cancel);

    /// <summary>For somebody who chooses a password: they may choose as often as they like, and keep neither strangers nor signed-in people waiting.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<(bool Ran, T? Result)> ChooseAsync<T>(Func<Task<T>> judge, CancellationToken cancel) => _choosers.RunAsync(judge, cancel);

    public void Dispose()
    {
        _choosers.Dispose();
        _strangers.Dispose();
        _known.Dispose();
    }
}
