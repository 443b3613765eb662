using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;

namespace Dashboard.Benchmarks.Watching;

/// <summary>Watching many instances is as punctual as watching a few.</summary>
internal sealed class ManyPollers : IBenchmark
{
    private const int Many = 50;
    private const int Few = 5;
    private const int Servers = 10;

    public string Name => "many-pollers";

    public string What =>
        "50 pollers at one a second on 10 servers: how late polls begin, and what each costs compared with 5 pollers at the same time";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var servers = await BenchServers.ManyAsync(run, Servers, cancel);
        await using var few = await Watch.StartAsync(run, servers, Few, cancel);
        await using var many = await Watch.StartAsync(run, servers, Many, cancel);
        var rounds = new List<(WatchSample Few, WatchSample Many)>();
        while (rounds.Count < run.Pick(5, 2))
        {
            BenchRun.ReportProgress($"round {rounds.Count + 1}");
            var beside = few.DuringAsync(TimeSpan.FromSeconds(20), _ => true, cancel);
            rounds.Add(
                (Many: await many.DuringAsync(TimeSpan.FromSeconds(20), _ => true, cancel), Few: await beside) switch
                {
                    var (m, f) =>
                    (f, m)
                });
        }

        var late = Spread.Of([.. rounds.Select(round => round.Many.BeganP99)]);
        return
        [
            new(Name, late.Median, "ms late, p99", 50, $"{late} of {Many * 20} polls"),
            new($"{Name}.known", Percentiles.Median(rounds.Select(round => round.Many.KnownP99)), "ms, p99", Note: "until the result is "
                + "folded in"),
            new($"{Name}.cpu-of-50", Percentiles.Median(rounds.Select(round => round.Many.CpuPerPoller(Many))), "µs per poll", Note: "in "
                + "real time, the process's idle cost shared by 50"),
            new($"{Name}.cpu-of-5", Percentiles.Median(rounds.Select(round => round.Few.CpuPerPoller(Few))), "µs per poll",
                Note: "shared by 5"),
        ];
    }
}
