using System.Globalization;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Dashboard.Benchmarks.Workers;

namespace Dashboard.Benchmarks.Polls;

/// <summary>
/// What watching costs the machine that watches: asking, parsing, folding, evaluating and keeping, once per second for the three servers.
/// </summary>
internal sealed class PollOwnCpu : IBenchmark
{
    /// <summary>The number of readings in memory is constant after 900 seconds; the compiler has its best code before.</summary>
    private const int WarmUp = 2_000;

    public string Name => "poll-own-cpu";

    public string What => "our CPU per poll (connection, parse, fold, rules, history), compared with the exporter's own CPU per scrape";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var servers = await BenchServers.TrioAsync(run, cancel);
        await Usage.OfAsync(servers, run, cancel);
        await using var exporter = await Exporter.StartAsync(servers.All[0], run, cancel);
        await using var worker = await WorkerProcess.StartAsync(PollWorker.Kind, WorkerSetUp.Of(servers.Instances, run.Fresh("data")));
        var (seconds, scrapes) = (run.Pick(1_500, 700), run.Pick(400, 200));
        await worker.AskAsync(WarmUp.ToString(CultureInfo.InvariantCulture));
        await exporter.ScrapeAsync(scrapes, TimeSpan.Zero, cancel);
        var rounds = new List<(double Poll, double Scrape, double Bytes)>();
        while (rounds.Count < run.Pick(7, 3))
        {
            rounds.Add(await RoundAsync());
        }

        var ratio = Spread.Of([.. rounds.Select(round => round.Poll / round.Scrape)]);
        return
        [
            new(Name, ratio.Median, "of a scrape", 0.2, $"{ratio}"),
            new($"{Name}.poll", Percentiles.Median(rounds.Select(round => round.Poll)), "µs"),
            new($"{Name}.scrape", Percentiles.Median(rounds.Select(round => round.Scrape)), "µs"),
            new($"{Name}.allocated", Percentiles.Median(rounds.Select(round => round.Bytes)) / 1024, "kB per poll"),
        ];

        async Task<(double Poll, double Scrape, double Bytes)> RoundAsync()
        {
            cancel.ThrowIfCancellationRequested();
            double polls = seconds * servers.All.Count;
            var ours = worker.Cpu;
            var bytes = double.Parse(await worker.AskAsync(seconds.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
            var (poll, theirs) = ((worker.Cpu - ours).TotalMicroseconds / polls, ProcessCpu.Of(exporter.Pid));
            await exporter.ScrapeAsync(scrapes, TimeSpan.Zero, cancel);
            return (poll, (ProcessCpu.Of(exporter.Pid) - theirs).TotalMicroseconds / scrapes, bytes / polls);
        }
    }
}
