using Dashboard.Info;
using Dashboard.Instances;

namespace Dashboard.Valkey;

/// <summary>The way in to one instance: reads the password, keeps one attempt going at a time, and pauses after a rejection.</summary>
/// <param name="timeout">For one question, connecting included.</param>
internal sealed class Door(Instance instance, Duty duty, TimeSpan timeout, TimeProvider time) : IAsyncDisposable
{
    private Attempt? _attempt;
    private Rejection? _rejection;

    /// <summary>The open connection, or what is wrong as far as the deadline lets it be known.</summary>
    public async Task<Reply<OpenLink>> OpenAsync(CancellationToken deadline)
    {
        if (_attempt is null)
        {
            var password = instance.For(duty).PasswordFile is { } file ? await PasswordFile.ReadAsync(file, deadline) : default;
            if (password.Fault is { } unreadable)
            {
                return unreadable;
            }

            if (_rejection?.StillHolds(password.Value, time) == true)
            {
                return _rejection.Fault;
            }

            _attempt = new Attempt(instance, duty, password.Value, timeout, time);
        }

        return await _attempt.ResultAsync(deadline) is { } result ? await EndedAsync(_attempt, result) : _attempt.Silence;
    }

    /// <summary>Gives up an attempt that is under way.</summary>
    public ValueTask DisposeAsync() => _attempt?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Reply<OpenLink>> EndedAsync(Attempt attempt, Reply<OpenLink> result)
    {
        _attempt = null;
        _rejection = result.Fault is { Kind: FaultKind.NoAuth or FaultKind.WrongPass } rejected ? new(rejected, attempt.Password, time.GetTimestamp()) : null;
        await attempt.DisposeAsync();
        return result;
    }
}
