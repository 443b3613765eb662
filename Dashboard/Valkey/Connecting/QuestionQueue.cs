namespace Dashboard.Valkey.Connecting;

/// <summary>Asks a server one question at a time, each within the time allowed.</summary>
/// <remarks>
/// A question that exceeds its time is cancelled. Until it has ended, the server counts as hung and is asked nothing more, so that
/// questions never pile up on it.
/// </remarks>
/// <param name="timeout">The time for each question, including the wait for the one before.</param>
internal sealed class QuestionQueue(TimeSpan timeout, TimeProvider time)
{
    /// <summary>How long a cancelled question has to report what it was waiting for, which says more than that it hung.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private Task _last = Task.CompletedTask;

    /// <exception cref="OperationCanceledException">Only when <paramref name="cancel"/> was requested.</exception>
    public async Task<Reply<T>> AskAsync<T>(Func<CancellationToken, Task<Reply<T>>> question, CancellationToken cancel)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        using var clockAfterGrace = new CancellationTokenSource(timeout + Grace, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(clockAfterGrace.Token, cancel);
        try
        {
            await _last.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            deadline.Token.ThrowIfCancellationRequested();
            var asked = question(deadline.Token);
            _last = asked;
            return await asked.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Fault(FaultKind.Hung);
        }
        finally
        {
            // The caller's token ends the wait before it reaches the question, whose own token would then be disposed uncancelled.
            await deadline.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Waits until the last question has ended, answered or not: a question that its caller gave up may still be opening a connection.
    /// </summary>
    public async Task EndedAsync() => await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
