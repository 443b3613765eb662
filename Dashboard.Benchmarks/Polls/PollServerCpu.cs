using System.Globalization;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Dashboard.Benchmarks.Workers;

namespace Dashboard.Benchmarks.Polls;

/// <summary>What being watched costs the server: far less than with the tool that most people use.</summary>
/// <remarks>
/// Polls are sent back to back, because a busy server is awake when a poll arrives. Either tool wakes a server that sleeps, and that may
/// cost more than the question itself: it is reported separately, with pauses, less what the server does on its own in that time.
/// </remarks>
internal sealed class PollServerCpu : IBenchmark
{
    private const int PauseMs = 10;

    public string Name => "poll-server-cpu";

    public string What => "the server's CPU per poll of ours, compared with a prometheus-redis-exporter scrape of the same server";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var servers = await BenchServers.TrioAsync(run, cancel);
        await Usage.OfAsync(servers, run, cancel);
        var server = servers.All[0];
        await using var exporter = await Exporter.StartAsync(server, run, cancel);
        await using var worker =
            await WorkerProcess.StartAsync(AskWorker.Kind, WorkerSetUp.Of(servers.Instances.Take(1), run.Fresh("data")));
        var (awake, asleep) = (new List<(double Poll, double Scrape)>(), new List<(double Poll, double Scrape)>());
        await worker.AskAsync("1000 0");
        while (awake.Count < run.Pick(7, 3))
        {
            awake.Add((await PollAsync(run.Pick(20_000, 8_000), 0), await ScrapeAsync(run.Pick(800, 300), 0)));
        }

        while (asleep.Count < run.Pick(3, 1))
        {
            var idle = await PerAsync(400, () => Task.Delay(TimeSpan.FromMilliseconds(400 * PauseMs), run.Time, cancel));
            asleep.Add((await PollAsync(400, PauseMs) - idle, await ScrapeAsync(400, PauseMs) - idle));
        }

        var ratio = Spread.Of([.. awake.Select(round => round.Poll / round.Scrape)]);
        return
        [
            new(Name, ratio.Median, "of a scrape", 0.1, $"{ratio}; back to back, the server awake"),
            new($"{Name}.poll", Percentiles.Median(awake.Select(round => round.Poll)), "µs"),
            new($"{Name}.scrape", Percentiles.Median(awake.Select(round => round.Scrape)), "µs"),
            new($"{Name}.asleep.poll", Percentiles.Median(asleep.Select(round => round.Poll)), "µs", Note: "an idle server, each 10 ms: "
                + "waking it is most of this"),
            new($"{Name}.asleep.scrape", Percentiles.Median(asleep.Select(round => round.Scrape)), "µs"),
        ];

        Task<double> PollAsync(int times, int pause) =>
            PerAsync(times, () => worker.AskAsync(string.Create(CultureInfo.InvariantCulture, $"{times} {pause}")));

        Task<double> ScrapeAsync(int times, int pause) =>
            PerAsync(times, () => exporter.ScrapeAsync(times, TimeSpan.FromMilliseconds(pause), cancel));

        async Task<double> PerAsync(int times, Func<Task> act)
        {
            cancel.ThrowIfCancellationRequested();
            var before = ProcessCpu.Of(server.Pid);
            await act();
            return (ProcessCpu.Of(server.Pid) - before).TotalMicroseconds / times;
        }
    }
}
