using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Execution;

/// <summary>Gives up runs whose console stopped, at start and then every few seconds.</summary>
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
            // The monitor of console.db reports what is wrong; the next round tries again.
        }
    }

    [LoggerMessage(602, LogLevel.Error, "Looking for runs whose console stopped failed unexpectedly; it is tried again in 5 s")]
    protected override partial void LogUnexpected(Exception error);
}
