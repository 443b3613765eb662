namespace Dashboard.Changes;

/// <summary>Does its work once per period, in the background.</summary>
/// <remarks>
/// It is the safety net behind <see cref="ChangeFeed"/>, and does what must be written or removed in time. Rounds never overlap: one that
/// takes longer than the period delays the next.
/// </remarks>
/// <param name="atStart">Whether the first round runs at once, and not a period later.</param>
internal abstract class PeriodicWorker(TimeSpan period, TimeProvider time, bool atStart = false) : BackgroundService
{
    private bool _isFailing;

    protected TimeProvider Time => time;

    /// <summary>A round sets this to end the loop.</summary>
    protected bool IsDone { get; set; }

    /// <summary>Runs one round. An exception ends neither the loop nor the program: the next round tries again.</summary>
    protected abstract Task RunOnceAsync(CancellationToken cancel);

    /// <summary>Logs the first of several consecutive exceptions; a round that succeeds ends the series.</summary>
    protected abstract void LogUnexpected(Exception error);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            if (atStart)
            {
                await TryOnceAsync(stoppingToken);
            }

            while (!IsDone && await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task TryOnceAsync(CancellationToken cancel)
    {
        try
        {
            await RunOnceAsync(cancel);
            _isFailing = false;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested || error is not OperationCanceledException)
        {
            if (!_isFailing)
            {
                LogUnexpected(error);
            }

            _isFailing = true;
        }
    }
}
