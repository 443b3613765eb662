using Dashboard.Audit;
using Dashboard.Audit.Intents;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>Tells console.db how far a run is, twice a second, and hears from it whether to go on.</summary>
internal sealed class RunProgress : IRunProgress, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>A page under way ends within it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(6);

    private readonly Run _run;
    private readonly RunStore _runs;
    private readonly AuditTrail _audit;
    private readonly AuditIntent _intent;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over;
    private readonly Task _telling;
    private readonly CancellationToken _end;
    private volatile Told _now = new(0, null, "");
    private volatile string? _stop;
    private long _told;

    /// <param name="end">The program ends: stop after this batch.</param>
    public RunProgress(
        Run run, RunStore runs, AuditTrail audit, AuditIntent intent, TimeSpan lease, TimeProvider time, CancellationToken end)
    {
        (_run, _runs, _audit, _intent, _lease, _time, _end) = (run, runs, audit, intent, lease, time, end);
        _over = CancellationTokenSource.CreateLinkedTokenSource(end);
        _told = time.GetTimestamp();
        _telling = TellAsync();
    }

    public Run Run => _run;

    /// <remarks>
    /// Without a word to the file for so long, another console may have given it up and gone on: then nothing more is done here.
    /// </remarks>
    public string? Stop => _stop
        ?? (_end.IsCancellationRequested ? "The console was stopped."
        : _time.GetElapsedTime(Interlocked.Read(ref _told)) > RunStore.Lease - Margin ? "The console could not write down how far it is, "
            + "so it stopped."
        : null);

    public bool IsEnding => _end.IsCancellationRequested;

    public void Tell(long done, long? of, string says = "") => _now = new(done, of, says);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _telling;
        // What was done since the last tick is told, too.
        await TellOnceAsync(CancellationToken.None);
        _over.Dispose();
    }

    private async Task TellAsync()
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                await TellOnceAsync(_over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over; the outcome says the rest.
        }
    }

    private async Task TellOnceAsync(CancellationToken cancel)
    {
        var (done, of, says) = _now;
        try
        {
            _stop = await _runs.TellAsync(_run.Id, done, of, says, cancel) ?? _stop;
            Interlocked.Exchange(ref _told, _time.GetTimestamp());
            await _audit.RenewAsync(_intent, _lease, cancel);
        }
        catch (StoreException)
        {
            // The next one tries again. Should the lease run out meanwhile, the run is given up as unknown, and this one stops.
        }
    }

    /// <summary>Replaced as a whole: it is told on one thread and read on another.</summary>
    private sealed record Told(long Done, long? Of, string Says);
}
