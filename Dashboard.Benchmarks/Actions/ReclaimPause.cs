using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Actions;

/// <summary>A reclaim at the console's own pace costs other clients next to nothing.</summary>
internal sealed class ReclaimPause : IBenchmark
{
    public string Name => "reclaim-pause";

    public string What =>
        "the p99 of another client's round trips while 1 M keys, half of them expired, are scanned, "
            + "compared with the same when nothing is done";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel) =>
        ServerKinds.EachAsync(Name, (name, program) => OfAsync(run, name, program, cancel));

    private static async Task<IReadOnlyList<Measure>> OfAsync(BenchRun run, string name, string program, CancellationToken cancel)
    {
        var keys = run.Pick(1_000_000L, 200_000L);
        await using var cache = await BigCache.StartAsync(run, program, cancel);
        await using var otherClient = await OtherClient.StartAsync(run, cache.Instance, cache.Pid, OtherClient.Undisturbing);
        await cache.DisableActiveExpiryAsync();
        var rounds = await RoundRetry.OfAsync<ClientComparison>(run.Pick(5, 3), async last =>
        {
            await cache.FillAsync(keys, TimeSpan.FromMilliseconds(1), cancel);
            return await otherClient.BesideAsync(last?.Took ?? BigCache.ExpectedScanTime(keys), () =>
                ReclaimAsync(cache, keys, cancel), cancel);
        });
        var growth = Spread.Of([.. rounds.Select(round => round.P99Growth)]);
        var took = Spread.Of([.. rounds.Select(round => round.Took.TotalSeconds)]);
        return
        [
            new(name, growth.Median, "ms more, p99", 1, $"{growth}"),
            new($"{name}.idle", Percentiles.Median(rounds.Select(round => round.Idle.P99)), "ms, p99",
                Note: $"{Percentiles.Median(rounds.Select(round => round.Idle.PerSecond)):0} questions a second"),
            new($"{name}.during", Percentiles.Median(rounds.Select(round => round.During.P99)), "ms, p99"),
            new($"{name}.took", took.Median, "s", Note: $"{took}; {keys} keys, {cache.Server}"),
        ];
    }

    private static async Task ReclaimAsync(BigCache cache, long keys, CancellationToken cancel)
    {
        await cache.ScanAsync((cursor, size) => cache.Acting.ReclaimAsync(cache.Guard, cursor, size, cancel), keys, undo: false, cancel);
        var left = await cache.KeysAsync();
        if (left != keys / 2)
        {
            throw new BenchException($"Of {keys} keys, half of them expired, {left} are left.");
        }
    }
}
