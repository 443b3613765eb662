using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>An attempt to connect that may outlast the poll that began it.</summary>
/// <remarks>
/// A server that hangs gets one connection to answer on, not one more each poll until its backlog is full;
/// one that is merely slow gets the time for several replies.
/// </remarks>
internal sealed class PendingConnection : IAsyncDisposable
{
    /// <summary>5 s more than the question that began it: several polls of the usual length.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Handshake _handshake;
    private readonly CancellationTokenSource _given;
    private readonly Task<Reply<AuthenticatedStream>> _opening;
    private bool _taken;

    /// <param name="timeout">For the question that began it.</param>
    public PendingConnection(Instance instance, ConnectionRole role, Password? password, TimeSpan timeout, TimeProvider time)
    {
        Password = password;
        _handshake = new Handshake(instance, time, role);
        _given = new CancellationTokenSource(timeout + Patience, time);
        _opening = _handshake.OpenAsync(password, _given.Token);
    }

    /// <summary>What was offered; null when nothing was.</summary>
    public Password? Password { get; }

    /// <summary>What is wrong so far, while it goes on.</summary>
    public Fault Silence => _handshake.Silence;

    /// <summary>The open connection or what is wrong; null when it has not come to an end by the deadline.</summary>
    public async Task<Reply<AuthenticatedStream>?> ResultAsync(CancellationToken deadline)
    {
        try
        {
            var result = await _opening.WaitAsync(deadline);
            _taken = true;
            return result;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Gives up, and closes a connection that nobody took.</summary>
    public async ValueTask DisposeAsync()
    {
        await _given.CancelAsync();
        if (!_taken)
        {
            (await _opening).Value?.Stream.Dispose();
        }

        _given.Dispose();
    }
}
