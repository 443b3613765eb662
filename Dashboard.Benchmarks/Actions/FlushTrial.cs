using Dashboard.Valkey;

namespace Dashboard.Benchmarks.Actions;

/// <summary>Empties a cache in each possible way while another client measures.</summary>
internal sealed class FlushTrial(BigCache cache, OtherClient otherClient, long keys, CancellationToken cancel)
{
    private static readonly TimeSpan Swapping = TimeSpan.FromSeconds(1);

    /// <summary>A million keys are freed within this time.</summary>
    private static readonly TimeSpan Freeing = TimeSpan.FromSeconds(3);

    private Guid _flush;

    /// <param name="undoing">About how long an undo takes: the client measures that long before it.</param>
    public async Task<FlushRound> RoundAsync(TimeSpan undoing)
    {
        await FillAsync();
        var swap = await otherClient.BesideAsync(Swapping, SwapOutAsync, cancel);
        var undo = await otherClient.BesideAsync(undoing, BringBackAsync, cancel);
        await SwapOutAsync();
        var purge = await otherClient.BesideAsync(Freeing, PurgeAsync, cancel);
        await FillAsync();
        return new(swap, undo, purge, await otherClient.BesideAsync(Freeing, FlushAsync, cancel));
    }

    private Task FillAsync() => cache.FillAsync(keys, TimeSpan.FromDays(1), cancel);

    private async Task SwapOutAsync()
    {
        _flush = Guid.NewGuid();
        await RequiredStep.DoneAsync(
            cache.Acting.BeginFlushAsync(cache.Guard, cache.Policy, keys, BigCache.Spare, _flush, long.MaxValue, cancel));
        await RequiredStep.DoneAsync(
            cache.Acting.SwapOutAsync(cache.Guard, cache.Policy, keys + 1, BigCache.Spare, _flush, long.MaxValue, cancel));
    }

    private async Task BringBackAsync()
    {
        await ChangeAsync(FlushToken.Restoring);
        var back =
            await cache.ScanAsync(
                (cursor, size) => cache.Acting.BringBackAsync(cache.Guard, BigCache.Spare, _flush, cursor, size, cancel), keys, undo: true,
                cancel);
        if (back != keys)
        {
            throw new BenchException($"Of {keys} keys {back} came back.");
        }

        await EndAsync(FlushToken.Restoring);
    }

    private async Task PurgeAsync()
    {
        await ChangeAsync(FlushToken.Purging);
        await cache.ScanAsync(
            (cursor, size) =>
                cache.Acting.PurgeAsync(cache.Guard, BigCache.Spare, _flush, cursor, size, cancel), keys, undo: false, cancel);
        await EndAsync(FlushToken.Purging);
        await cache.FreedAsync(cancel);
    }

    private Task<long> ChangeAsync(string state) => RequiredStep.DoneAsync(
        cache.Acting.ChangeFlushAsync(cache.Guard, BigCache.Spare, _flush, FlushToken.Open, state, 0, cancel));

    private Task<long> EndAsync(string state) => RequiredStep.DoneAsync(
        cache.Acting.EndFlushAsync(cache.Guard with { Database = BigCache.Spare }, _flush, state, cancel));

    private async Task FlushAsync()
    {
        await RequiredStep.DoneAsync(cache.Acting.FlushAsync(cache.Guard, cache.Policy, keys, cancel));
        await cache.FreedAsync(cancel);
    }
}
