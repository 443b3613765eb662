using System.Globalization;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Actions;

/// <summary>Other clients of a cache do not notice that it is emptied, or that this is undone.</summary>
internal sealed class FlushPause : IBenchmark
{
    public string Name => "flush-pause";

    public string What =>
        "the longest wait of another client while a cache of 1 M keys is swapped out, brought back, given up or flushed, "
            + "compared with the longest when nothing is done";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel) =>
        ServerKinds.EachAsync(Name, (name, program) => OfAsync(run, name, program, cancel));

    private static async Task<IReadOnlyList<Measure>> OfAsync(BenchRun run, string name, string program, CancellationToken cancel)
    {
        var keys = run.Pick(1_000_000L, 200_000L);
        await using var cache = await BigCache.StartAsync(run, program, cancel);
        await using var otherClient = await OtherClient.StartAsync(run, cache.Instance, cache.Pid, TimeSpan.Zero);
        var trial = new FlushTrial(cache, otherClient, keys, cancel);
        var rounds =
            await RoundRetry.OfAsync<FlushRound>(run.Pick(5, 3), last =>
                trial.RoundAsync(last?.Undo.Took ?? BigCache.ExpectedScanTime(keys)));
        var undo = Spread.Of([.. rounds.Select(round => round.Undo.Took.TotalSeconds)]);
        return
        [
            Of($"{name}.swap", [.. rounds.Select(round => round.Swap)], 5),
            Of($"{name}.undo", [.. rounds.Select(round => round.Undo)], 5),
            Of($"{name}.purge", [.. rounds.Select(round => round.Purge)], 50),
            Of($"{name}.flush", [.. rounds.Select(round => round.Flush)], 50),
            new($"{name}.undo-took", undo.Median, "s", Note: $"{undo}; {keys} keys, {cache.Server}"),
        ];
    }

    private static Measure Of(string name, ClientComparison[] rounds, double atMost)
    {
        var growth = Spread.Of([.. rounds.Select(round => round.WorstGrowth)]);
        return new(
            name, growth.Median, "ms more", atMost,
            $"{growth}; {Middle(roundTripSummary => roundTripSummary.Worst)}; waiting for a processor left out "
                + $"{Middle(roundTripSummary => roundTripSummary.WorstServed)}");

        string Middle(Func<RoundTripSummary, double> number) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Percentiles.Median(rounds.Select(round => number(round.During))):0.##} against "
                + $"{Percentiles.Median(rounds.Select(round => number(round.Idle))):0.##}");
    }
}
