using System.Globalization;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Actions;

/// <summary>Emptying a cache, and taking that back, is nothing its other clients notice.</summary>
internal sealed class FlushPause : IBenchmark
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    /// <summary>A million keys are given back within it.</summary>
    private static readonly TimeSpan Freeing = TimeSpan.FromSeconds(3);

    public string Name => "flush-pause";

    public string What => "the longest another client waits while a cache of 1 M keys is swapped out, brought back, given up or flushed, against the longest while nothing is done";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel) =>
        ServerKinds.EachAsync(Name, (name, program) => OfAsync(run, name, program, cancel));

    private static async Task<IReadOnlyList<Measure>> OfAsync(BenchRun run, string name, string program, CancellationToken cancel)
    {
        var keys = run.Pick(1_000_000L, 200_000L);
        await using var cache = await BigCache.StartAsync(run, program, cancel);
        await using var onlooker = await Onlooker.StartAsync(run, cache, TimeSpan.Zero);
        var (rounds, undoing) = (new List<FlushRound>(), TimeSpan.FromSeconds(keys / 30_000));
        while (rounds.Count < run.Pick(5, 3))
        {
            BenchRun.Say($"{cache.Server}: round {rounds.Count + 1}");
            rounds.Add(await RoundAsync());
            undoing = rounds[^1].Undo.Took;
        }

        var undo = Spread.Of([.. rounds.Select(round => round.Undo.Took.TotalSeconds)]);
        return
        [
            Of("swap", round => round.Swap, 5),
            Of("undo", round => round.Undo, 5),
            Of("purge", round => round.Purge, 50),
            Of("flush", round => round.Flush, 50),
            new($"{name}.undo-took", undo.Median, "s", Note: $"{undo}; {keys} keys, {cache.Server}"),
        ];

        async Task<FlushRound> RoundAsync()
        {
            await cache.FillAsync(keys, TimeSpan.FromDays(1), cancel);
            var swap = await onlooker.BesideAsync(Short, SwapOutAsync, cancel);
            var undo = await onlooker.BesideAsync(undoing, BringBackAsync, cancel);
            await SwapOutAsync();
            var purge = await onlooker.BesideAsync(Freeing, PurgeAsync, cancel);
            await cache.FillAsync(keys, TimeSpan.FromDays(1), cancel);
            return new(swap, undo, purge, await onlooker.BesideAsync(Freeing, FlushAsync, cancel));
        }

        Task SwapOutAsync() => Step.DoneAsync(cache.Acting.SwapOutAsync(cache.Guard, cache.Policy, keys, BigCache.Spare, cancel));

        async Task BringBackAsync()
        {
            var back = await cache.WalkAsync((cursor, size) => cache.Acting.BringBackAsync(cache.Guard, BigCache.Spare, keys, cursor, size, cancel), keys, cancel);
            _ = back == keys ? back : throw new BenchException($"Of {keys} keys {back} came back.");
        }

        async Task PurgeAsync()
        {
            await Step.DoneAsync(cache.Acting.PurgeAsync(cache.Guard, BigCache.Spare, keys, cancel));
            await cache.FreedAsync(cancel);
        }

        async Task FlushAsync()
        {
            await Step.DoneAsync(cache.Acting.FlushAsync(cache.Guard, cache.Policy, keys, cancel));
            await cache.FreedAsync(cancel);
        }

        Measure Of(string what, Func<FlushRound, Beside> way, double atMost)
        {
            var growth = Spread.Of([.. rounds.Select(round => way(round).WorstGrowth)]);
            return new($"{name}.{what}", growth.Median, "ms more", atMost, string.Create(
                CultureInfo.InvariantCulture,
                $"{growth}; {Middle(one => one.During.Worst):0.##} against {Middle(one => one.Idle.Worst):0.##}; waiting for a processor left out {Middle(one => one.During.WorstServed):0.##} against {Middle(one => one.Idle.WorstServed):0.##}"));

            double Middle(Func<Beside, double> number) => Percentiles.Median(rounds.Select(round => number(way(round))));
        }
    }
}
