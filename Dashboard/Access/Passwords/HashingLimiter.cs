using System.Collections.Concurrent;

namespace Dashboard.Access.Passwords;

/// <summary>
/// Hashing a password takes half a second of a core, on purpose. So few at once, and so few waiting, that anonymous callers cannot take the
/// machine.
/// </summary>
/// <remarks>
/// People who are signed in, or come from where they came before, have a door of their own: a crowd at the other does not keep them out.
/// </remarks>
internal sealed class HashingLimiter : IDisposable
{
    /// <summary>Passwords judged, and hashed where they may be taken, at the same time.</summary>
    public const int AtOnceChosen = 1;

    private readonly HashingQueue _strangers = new();
    private readonly HashingQueue _known = new();
    private readonly HashingQueue _choosers = new(AtOnceChosen);

    /// <summary>Holders of what is in <see cref="_choosers"/> now; no more than it lets in.</summary>
    private readonly ConcurrentDictionary<string, bool> _choosing = new(StringComparer.Ordinal);

    /// <param name="known">Whether it is for somebody known.</param>
    /// <returns>Default when too many wait already.</returns>
    /// <exception cref="OperationCanceledException">The caller left while waiting.</exception>
    public Task<(bool Ran, T? Result)> RunAsync<T>(bool known, Func<Task<T>> hash, CancellationToken cancel) =>
        (known ? _known : _strangers).RunAsync(hash, cancel);

    /// <summary>
    /// For somebody who chooses a password: they may choose as often as they like, and keep neither strangers nor signed-in people waiting.
    /// </summary>
    /// <inheritdoc cref="RunAsync"/>
    /// <param name="holder">Whose password or link it is: each has one place, and cannot keep others out by filling all.</param>
    public async Task<(bool Ran, T? Result)> ChooseAsync<T>(string holder, Func<Task<T>> judge, CancellationToken cancel)
    {
        if (!_choosing.TryAdd(holder, true))
        {
            return default;
        }

        try
        {
            return await _choosers.RunAsync(judge, cancel);
        }
        finally
        {
            _choosing.TryRemove(holder, out _);
        }
    }

    public void Dispose()
    {
        _choosers.Dispose();
        _strangers.Dispose();
        _known.Dispose();
    }
}
