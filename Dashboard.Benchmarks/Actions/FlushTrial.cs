namespace Dashboard.Benchmarks.Actions;

/// <summary>Empties a cache in each possible way while another client measures.</summary>
internal sealed class FlushTrial(BigCache cache, OtherClient otherClient, long keys, CancellationToken cancel)
{
    private static readonly TimeSpan Swapping = TimeSpan.FromSeconds(1);

    /// <summary>A million keys are freed within this time.</summary>
    private static readonly TimeSpan Freeing = TimeSpan.FromSeconds(3);

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

    private Task SwapOutAsync() =>
        RequiredStep.DoneAsync(cache.Acting.SwapOutAsync(cache.Guard, cache.Policy, keys, BigCache.Spare, cancel));

    private async Task BringBackAsync()
    {
        var back =
            await cache.ScanAsync(
                (cursor, size) => cache.Acting.BringBackAsync(cache.Guard, BigCache.Spare, keys, cursor, size, cancel), keys, undo: true,
                cancel);
        if (back != keys)
        {
            throw new BenchException($"Of {keys} keys {back} came back.");
        }
    }

    private async Task PurgeAsync()
    {
        await RequiredStep.DoneAsync(cache.Acting.PurgeAsync(cache.Guard, BigCache.Spare, keys, cancel));
        await cache.FreedAsync(cancel);
    }

    private async Task FlushAsync()
    {
        await RequiredStep.DoneAsync(cache.Acting.FlushAsync(cache.Guard, cache.Policy, keys, cancel));
        await cache.FreedAsync(cancel);
    }
}
