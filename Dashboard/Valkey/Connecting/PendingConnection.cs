using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>An attempt to connect that may outlast the poll that began it.</summary>
/// <remarks>
/// A server that hangs gets one connection to answer on, not one more with each poll until its backlog is full; a slow one gets the time
/// for several replies.
/// </remarks>
internal sealed class PendingConnection : IAsyncDisposable
{
    /// <summary>5 s more than the question that began it: several polls of the usual length.</summary>
    private static readonly TimeSpan ExtraTime = TimeSpan.FromSeconds(5);

    private readonly Handshake _handshake;
    private readonly CancellationTokenSource _limit;
    private readonly Task<Reply<AuthenticatedStream>> _opening;
    private bool _taken;

    /// <param name="timeout">The time for the question that began it.</param>
    public PendingConnection(Instance instance, ConnectionRole role, Password? password, TimeSpan timeout, TimeProvider time)
    {
        Password = password;
        _handshake = new Handshake(instance, time, role);
        _limit = new CancellationTokenSource(timeout + ExtraTime, time);
        _opening = _handshake.OpenAsync(password, _limit.Token);
    }

    /// <summary>The password that was sent; null when none was.</summary>
    public Password? Password { get; }

    /// <summary>What is wrong so far, while the attempt is in progress.</summary>
    public Fault Silence => _handshake.Silence;

    /// <summary>The open connection or what is wrong; null when the attempt has not ended by the deadline.</summary>
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

    /// <summary>Gives up the attempt, and closes a connection that no caller took.</summary>
    public async ValueTask DisposeAsync()
    {
        await _limit.CancelAsync();
        if (!_taken)
        {
            (await _opening).Value?.Stream.Dispose();
        }

        _limit.Dispose();
    }
}
