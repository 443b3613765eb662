using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Each second: gives up what nobody brought back in time, and looks after what a console left behind in the middle.</summary>
internal sealed partial class SwapSweep(SwapBook swaps, SwapKeeper keeper, TimeProvider time, ILogger<SwapSweep> log)
    : PeriodicWorker(Every, time, atStart: true)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SwapEnds _ends = new(time);
    private bool _extended;

    protected override Task RunOnceAsync(CancellationToken cancel) => SweepAsync(cancel);

    /// <summary>One round.</summary>
    internal async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            if (!_extended)
            {
                await swaps.ExtendAsync(cancel);
                _extended = true;
            }

            await swaps.HoldWhereBusyAsync(cancel);
            foreach (var orphan in await swaps.OrphansAsync(cancel))
            {
                await keeper.AdoptAsync(orphan, cancel);
            }

            var open = await swaps.OpenAsync(cancel);
            keeper.ForgetAllBut(open);
            foreach (var swap in _ends.Over(open.Where(swap => swap.State == SwapState.Kept)))
            {
                await keeper.PurgeAsync(swap, cancel);
            }
        }
        catch (StoreException)
        {
            // The watch over console.db says what is wrong with it; the next round tries again.
        }
    }

    [LoggerMessage(604, LogLevel.Error, "Looking after what flushes keep failed in a way it should not; it is tried again in a second")]
    protected override partial void LogUnexpected(Exception error);
}
