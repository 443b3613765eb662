using Dashboard.Storage;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Each second: gives up what nobody brought back in time, and looks after what a console left behind in the middle.</summary>
internal sealed partial class SwapSweep(SwapBook swaps, SwapKeeper keeper, TimeProvider time, ILogger<SwapSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SwapEnds _ends = new(time);
    private bool _extended;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await SweepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

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
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogUnexpected(error);
        }
    }

    [LoggerMessage(604, LogLevel.Error, "Looking after what flushes keep failed in a way it should not; it is tried again in a second")]
    private partial void LogUnexpected(Exception error);
}
