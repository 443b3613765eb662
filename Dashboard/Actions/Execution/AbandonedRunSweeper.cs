using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>Gives up runs whose console went away, at start and then every few seconds.</summary>
internal sealed partial class AbandonedRunSweeper(RunStore runs, TimeProvider time, ILogger<AbandonedRunSweeper> log)
    : PeriodicWorker(Every, time, atStart: true)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task RunOnceAsync(CancellationToken cancel)
    {
        try
        {
            await runs.SweepAsync(cancel);
        }
        catch (StoreException)
        {
            // The watch over console.db says what is wrong with it; the next round tries again.
        }
    }

    [LoggerMessage(602, LogLevel.Error, "Looking for runs whose console went away failed in a way it should not; it is tried again in 5 s")]
    protected override partial void LogUnexpected(Exception error);
}
