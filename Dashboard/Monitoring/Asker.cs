using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>Asks a server one question at a time, each within the time allowed.</summary>
/// <remarks>A question that outlives its time is cancelled. Until it has ended the server counts as hung and is asked nothing more, so that questions never pile up on it.</remarks>
/// <param name="timeout">For each question, waiting for the one before included.</param>
internal sealed class Asker(TimeSpan timeout, TimeProvider time)
{
    private Task _last = Task.CompletedTask;

    /// <exception cref="OperationCanceledException">Only when <paramref name="cancel"/> was requested.</exception>
    public async Task<Reply<T>> AskAsync<T>(Func<CancellationToken, Task<Reply<T>>> question, CancellationToken cancel)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            await _last.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            deadline.Token.ThrowIfCancellationRequested();
            var asked = question(deadline.Token);
            _last = asked;
            return await asked.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Fault(FaultKind.Hung);
        }
    }
}
