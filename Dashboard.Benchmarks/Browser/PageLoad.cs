using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Browser;

/// <summary>How much of an engineer's browser a live page uses.</summary>
internal sealed class PageLoad : IBenchmark
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    public string Name => "page";

    public string What => "an instance's page with all its charts over 5 minutes, live in Chromium: its main thread";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var console = await FullDemo.StartAsync(run, cancel);
        await using var chromium = await Chromium.LaunchAsync();
        var (rounds, length) = (
            new List<(PageNumbers Before, PageNumbers After, IReadOnlyList<double> Tasks)>(), TimeSpan.FromSeconds(run.Pick(30, 12)));
        while (rounds.Count < 3)
        {
            BenchRun.ReportProgress($"round {rounds.Count + 1}");
            await using var probe = await LivePageProbe.OpenAsync(chromium, console);
            await Task.Delay(Settle, run.Time, cancel);
            var before = await probe.NumbersAsync();
            await Task.Delay(length, run.Time, cancel);
            rounds.Add((before, await probe.NumbersAsync(), await TraceTasks.RecordAsync(probe.Page, length, cancel)));
        }

        var busy = Spread.Of([.. rounds.Select(round => round.After.Busy(round.Before))]);
        var tasks = Spread.Of([.. rounds.Select(round => Percentiles.Of(round.Tasks, 0.95))]);
        return
        [
            new(Name, busy.Median, "% busy", 15, $"{busy}"),
            new(
                $"{Name}.tasks", tasks.Median, "ms, p95", 60,
                FormattableString.Invariant(
                    $"{tasks}; of main-thread tasks of 1 ms and more; longest {rounds.Max(round => round.Tasks.Max()):0} ms")),
            new($"{Name}.script", Percentiles.Median(rounds.Select(round => round.After.Scripting(round.Before))), "% in scripts"),
            new($"{Name}.layout", Percentiles.Median(rounds.Select(round => round.After.LayingOut(round.Before))), "% in layout",
                Note: "and styles"),
            new($"{Name}.draws", Percentiles.Median(rounds.Select(round => round.After.DrawsPerSecond(round.Before))), "charts a second"),
        ];
    }
}
