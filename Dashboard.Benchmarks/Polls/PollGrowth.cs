using System.Globalization;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Dashboard.Benchmarks.Workers;
using Dashboard.Instances;

namespace Dashboard.Benchmarks.Polls;

/// <summary>
/// A poll costs the same whether five instances are watched or fifty. Seconds are stepped through, so that the process's idle cost, which
/// fifty instances share, does not hide what grows.
/// </summary>
internal sealed class PollGrowth : IBenchmark
{
    private const int Servers = 10;
    private const int Few = 5;
    private const int Many = 50;

    /// <summary>The number of readings in memory is constant after this many seconds.</summary>
    private const int WarmUp = 1_000;

    public string Name => "poll-growth";

    public string What => "our CPU per poll with 50 instances, compared with the same with 5";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var servers = await BenchServers.ManyAsync(run, Servers, cancel);
        await using var few = await StartAsync(run, servers, Few);
        await using var many = await StartAsync(run, servers, Many);
        var rounds = new List<(double Few, double Many)>();
        while (rounds.Count < run.Pick(7, 3))
        {
            cancel.ThrowIfCancellationRequested();
            rounds.Add((await CostAsync(few, Few), await CostAsync(many, Many)));
        }

        var growth = Spread.Of([.. rounds.Select(round => round.Many / round.Few)]);
        return
        [
            new(Name, growth.Median, "x of 5", 1.2, $"{growth}"),
            new($"{Name}.of-50", Percentiles.Median(rounds.Select(round => round.Many)), "µs per poll"),
            new($"{Name}.of-5", Percentiles.Median(rounds.Select(round => round.Few)), "µs per poll"),
        ];
    }

    private static async Task<WorkerProcess> StartAsync(BenchRun run, BenchServers servers, int count)
    {
        List<Instance> watched = [.. servers.Instances];
        var instances = Enumerable.Range(0, count)
            .Select(number => watched[number % watched.Count] with { Id = InstanceId.Of($"p{number}") });
        var worker = await WorkerProcess.StartAsync(PollWorker.Kind, WorkerSetUp.Of(instances, run.Fresh($"data-{count}")));
        await AskAsync(worker, WarmUp);
        return worker;
    }

    /// <summary>Microseconds of processor time per poll, with the same number of polls for few and for many instances.</summary>
    private static async Task<double> CostAsync(WorkerProcess worker, int count)
    {
        var (before, seconds) = (worker.Cpu, 10_000 / count);
        await AskAsync(worker, seconds);
        return (worker.Cpu - before).TotalMicroseconds / (seconds * count);
    }

    private static Task<string> AskAsync(WorkerProcess worker, int seconds) =>
        worker.AskAsync(seconds.ToString(CultureInfo.InvariantCulture));
}
