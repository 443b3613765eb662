namespace Dashboard.Access;

/// <summary>Hashing a password takes half a second of a core, on purpose. So few at once, and so few waiting, that anonymous callers cannot take the machine.</summary>
internal sealed class HashingGate : IDisposable
{
    private const int AtOnce = 2;
    private const int Waiting = 16;

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private int _inside;

    /// <returns>Default when too many wait already.</returns>
    public async Task<(bool Ran, T? Result)> RunAsync<T>(Func<Task<T>> hash)
    {
        if (Interlocked.Increment(ref _inside) > AtOnce + Waiting)
        {
            Interlocked.Decrement(ref _inside);
            return default;
        }

        await _slots.WaitAsync();
        try
        {
            return (true, await Task.Run(hash));
        }
        finally
        {
            _slots.Release();
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _slots.Dispose();
}
