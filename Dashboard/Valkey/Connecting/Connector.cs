using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>Connects to one instance: reads the password, keeps one attempt going at a time, and pauses after a rejection.</summary>
/// <param name="timeout">The time for one question, connecting included.</param>
internal sealed class Connector(Instance instance, ConnectionRole role, TimeSpan timeout, TimeProvider time) : IAsyncDisposable
{
    private PendingConnection? _pending;
    private CredentialRejection? _rejection;

    /// <summary>The open connection, or what is known at the deadline to be wrong.</summary>
    public async Task<Reply<AuthenticatedStream>> OpenAsync(CancellationToken deadline)
    {
        if (_pending is null)
        {
            var password = instance.For(role).PasswordFile is { } file ? await PasswordFile.ReadAsync(file, deadline) : default;
            if (password.Fault is { } unreadable)
            {
                return unreadable;
            }

            if (_rejection?.StillHolds(password.Value, time) == true)
            {
                return _rejection.Fault;
            }

            _pending = new PendingConnection(instance, role, password.Value, timeout, time);
        }

        return await _pending.ResultAsync(deadline) is { } result ? await EndedAsync(_pending, result) : _pending.Silence;
    }

    /// <summary>Gives up an attempt in progress.</summary>
    public ValueTask DisposeAsync() => _pending?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Reply<AuthenticatedStream>> EndedAsync(PendingConnection pending, Reply<AuthenticatedStream> result)
    {
        _pending = null;
        _rejection = result.Fault is { Kind: FaultKind.NoAuth or FaultKind.WrongPass } rejected
            ? new(rejected, pending.Password, time.GetTimestamp())
            : null;
        await pending.DisposeAsync();
        return result;
    }
}
