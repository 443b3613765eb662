using Dashboard.Audit;
using Dashboard.Audit.Intents;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>Records in console.db how far a run is, twice a second, and reads from it whether to stop.</summary>
internal sealed class RunProgress : IRunProgress, IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>A page in progress ends within this time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(6);

    private readonly Run _run;
    private readonly RunStore _runs;
    private readonly AuditTrail _audit;
    private readonly AuditIntent _intent;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _over;
    private readonly Task _reporting;
    private readonly CancellationToken _end;
    private volatile ProgressReport _latest = new(0, null, "");
    private volatile string? _stop;
    private long _recordedAt;

    /// <param name="end">Cancelled when the program ends: stop after this batch.</param>
    public RunProgress(
        Run run, RunStore runs, AuditTrail audit, AuditIntent intent, TimeSpan lease, TimeProvider time, CancellationToken end)
    {
        (_run, _runs, _audit, _intent, _lease, _time, _end) = (run, runs, audit, intent, lease, time, end);
        _over = CancellationTokenSource.CreateLinkedTokenSource(end);
        _recordedAt = time.GetTimestamp();
        _reporting = ReportAsync();
    }

    public Run Run => _run;

    /// <remarks>
    /// If nothing could be recorded for so long, another console may have given the run up and taken over: then nothing more is done here.
    /// </remarks>
    public string? Stop => _stop
        ?? (_end.IsCancellationRequested ? "The console was stopped."
        : _time.GetElapsedTime(Interlocked.Read(ref _recordedAt)) > RunStore.Lease - Margin
            ? "The console could not record its progress, so it stopped."
        : null);

    public bool IsEnding => _end.IsCancellationRequested;

    public void Report(long done, long? of, string says = "") => _latest = new(done, of, says);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reporting;
        // Records what was done since the last tick.
        await ReportOnceAsync(CancellationToken.None);
        _over.Dispose();
    }

    private async Task ReportAsync()
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                await ReportOnceAsync(_over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over; its outcome says the rest.
        }
    }

    private async Task ReportOnceAsync(CancellationToken cancel)
    {
        var (done, of, says) = _latest;
        try
        {
            _stop = await _runs.ReportAsync(_run.Id, done, of, says, cancel) ?? _stop;
            Interlocked.Exchange(ref _recordedAt, _time.GetTimestamp());
            await _audit.RenewAsync(_intent, _lease, cancel);
        }
        catch (StoreException)
        {
            // The next tick tries again. If the lease runs out before that, the run is given up as unknown, and this one stops.
        }
    }

    /// <summary>Replaced as a whole: it is written on one thread and read on another.</summary>
    private sealed record ProgressReport(long Done, long? Of, string Says);
}
