using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>A <see cref="Connector"/> for callers that may overlap: they wait for each other.</summary>
/// <param name="timeout">The time to open a connection, the wait for another caller included.</param>
internal sealed class SerialConnector(Instance instance, ConnectionRole role, TimeSpan timeout, TimeProvider time) : IAsyncDisposable
{
    private readonly Connector _connector = new(instance, role, timeout, time);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Why the last connection could not be opened; null once one was.</summary>
    public Fault? LastFault { get; private set; }

    /// <exception cref="OperationCanceledException">The time was over, or <paramref name="cancel"/> was requested.</exception>
    public async Task<Reply<AuthenticatedStream>> OpenAsync(CancellationToken cancel)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        await _turn.WaitAsync(deadline.Token);
        try
        {
            var opened = await _connector.OpenAsync(deadline.Token);
            LastFault = opened.Fault;
            return opened;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        _turn.Dispose();
    }
}
