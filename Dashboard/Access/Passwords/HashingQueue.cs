namespace Dashboard.Access.Passwords;

/// <summary>One of the doors to hashing: a few at once, and a short queue.</summary>
internal sealed class HashingQueue(int atOnce = HashingQueue.AtOnce) : IDisposable
{
    public const int AtOnce = 2;
    public const int Waiting = 16;

    private readonly SemaphoreSlim _slots = new(atOnce);
    private int _inside;

    /// <returns>Default when too many wait already.</returns>
    /// <exception cref="OperationCanceledException">The caller left while waiting.</exception>
    public async Task<(bool Ran, T? Result)> RunAsync<T>(Func<Task<T>> hash, CancellationToken cancel)
    {
        try
        {
            return Interlocked.Increment(ref _inside) <= atOnce + Waiting ? (true, await HashAsync(hash, cancel)) : default;
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private async Task<T> HashAsync<T>(Func<Task<T>> hash, CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        try
        {
            return await Task.Run(hash, CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
