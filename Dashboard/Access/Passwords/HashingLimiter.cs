using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Dashboard.Access.Passwords;

/// <summary>
/// Bounds how many passwords are hashed at once, and how many wait. A hash takes half a second of a core, on purpose, so without a bound
/// anonymous callers could use up the machine.
/// </summary>
/// <remarks>
/// Signed-in people and known networks have a queue of their own, which requests from unknown networks cannot fill.
/// </remarks>
internal sealed class HashingLimiter : IDisposable
{
    /// <summary>Passwords hashed at the same time, of known people and of others each.</summary>
    public const int AtOnce = 2;

    /// <summary>New passwords rated, and hashed where they are strong enough, at the same time.</summary>
    public const int AtOnceChosen = 1;

    /// <summary>Requests that wait, in each queue.</summary>
    public const int Waiting = 16;

    private readonly ConcurrencyLimiter _unknown = Limiter(AtOnce);
    private readonly ConcurrencyLimiter _known = Limiter(AtOnce);
    private readonly ConcurrencyLimiter _choosers = Limiter(AtOnceChosen);

    /// <summary>The holders that run or wait in <see cref="_choosers"/>, and no more than that.</summary>
    private readonly ConcurrentDictionary<string, bool> _choosing = new(StringComparer.Ordinal);

    /// <param name="known">Whether the request comes from a signed-in person or a known network.</param>
    /// <returns>Default when too many wait already.</returns>
    /// <exception cref="OperationCanceledException">The caller left while waiting.</exception>
    public Task<(bool Ran, T? Result)> RunAsync<T>(bool known, Func<Task<T>> hash, CancellationToken cancel) =>
        RunAsync(known ? _known : _unknown, hash, cancel);

    /// <summary>For a person who chooses a password. It takes no place from those who sign in.</summary>
    /// <inheritdoc cref="RunAsync"/>
    /// <param name="holder">The account or link whose password it is. Each has one place, so that one cannot fill the queue.</param>
    public async Task<(bool Ran, T? Result)> ChooseAsync<T>(string holder, Func<Task<T>> choose, CancellationToken cancel)
    {
        if (!_choosing.TryAdd(holder, true))
        {
            return default;
        }

        try
        {
            return await RunAsync(_choosers, choose, cancel);
        }
        finally
        {
            _choosing.TryRemove(holder, out _);
        }
    }

    public void Dispose()
    {
        _choosers.Dispose();
        _unknown.Dispose();
        _known.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int atOnce) =>
        new(new() { PermitLimit = atOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private static async Task<(bool Ran, T? Result)> RunAsync<T>(ConcurrencyLimiter limiter, Func<Task<T>> work, CancellationToken cancel)
    {
        using var lease = await limiter.AcquireAsync(1, cancel);
        return lease.IsAcquired ? (true, await Task.Run(work, CancellationToken.None)) : default;
    }
}
