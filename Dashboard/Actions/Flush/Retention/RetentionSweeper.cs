using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Each second: purges what no Undo used in time, and continues what a console left in the middle.</summary>
internal sealed partial class RetentionSweeper(RetainedFlushes flushes, RetentionKeeper keeper, TimeProvider time,
    ILogger<RetentionSweeper> log)
    : PeriodicWorker(Every, time, atStart: true)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How often the token of a retained flush is read. A cache that is full evicts what was not used for long.</summary>
    private static readonly TimeSpan TouchInterval = TimeSpan.FromSeconds(5);

    private readonly RetentionDeadlines _deadlines = new(time);
    private long _touchedAt;
    private bool _extended;

    protected override Task RunOnceAsync(CancellationToken cancel) => SweepAsync(cancel);

    /// <summary>Runs one round.</summary>
    internal async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            if (!_extended)
            {
                await flushes.ExtendAsync(cancel);
                _extended = true;
            }

            await flushes.HoldWhereBusyAsync(cancel);
            var orphans = (await flushes.OrphansAsync(cancel)).Where(flush => !keeper.IsPurging(flush)).ToList();
            foreach (var orphan in orphans)
            {
                await keeper.HandleAsync(orphan, cancel);
            }

            var open = await flushes.OpenAsync(cancel);
            keeper.ForgetAllBut(open);
            var retained = open.Where(flush => flush.State == RetentionState.Retained).ToList();
            var due = _deadlines.Over(retained).ToList();
            var unfinished = retained.Where(flush => flush.ForeignKeys is null).Except(due);
            var purging = open.Where(flush => flush.State == RetentionState.Purging && keeper.IsPurging(flush));
            foreach (var flush in due.Concat(unfinished).Concat(purging))
            {
                await keeper.HandleAsync(flush, cancel);
            }

            await TouchAsync(retained, cancel);
        }
        catch (StoreException)
        {
            // The banner about console.db says what is wrong with it; the next round tries again.
        }
    }

    private async Task TouchAsync(IReadOnlyList<RetainedFlush> retained, CancellationToken cancel)
    {
        if (Time.GetElapsedTime(_touchedAt) < TouchInterval)
        {
            return;
        }

        _touchedAt = Time.GetTimestamp();
        foreach (var flush in retained)
        {
            await keeper.TouchAsync(flush, cancel);
        }
    }

    [LoggerMessage(604, LogLevel.Error, "Handling what flushes retained failed unexpectedly; it is tried again in a second")]
    protected override partial void LogUnexpected(Exception error);
}
