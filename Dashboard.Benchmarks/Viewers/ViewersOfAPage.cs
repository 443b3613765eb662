using Dashboard.Benchmarks.Consoles;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>What one more viewer costs the console.</summary>
internal sealed class ViewersOfAPage : IBenchmark
{
    private const int PagesOfSession = 10;

    /// <summary>All pages belong to the owner.</summary>
    private static readonly string[] Limits = ["--Dashboard:MaxLivePagesPerAccount", "200"];

    /// <summary>The share of their core above which the viewers no longer keep up, and measure themselves.</summary>
    private const double Busy = 0.8;

    private static readonly (string Name, string Path)[] Pages = [("board", "/"), ("instance", "/instances/cache")];

    public string Name => "viewers";

    public string What =>
        "100 live pages at one poll a second over the circuits' own protocol, on a core of their own: the cost of each for the console";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await ConsoleProcess.PublishAsync(run, cancel);
        using var own = OwnCore.Take();
        await using var servers = await BenchServers.TrioAsync(run, cancel);
        await using var traffic = await Usage.StartAsync(servers, run, cancel);
        var measures = new List<Measure>();
        foreach (var page in Pages)
        {
            measures.AddRange(await OfPageAsync(run, servers, own.Other, page, cancel));
        }

        return measures;
    }

    private async Task<IReadOnlyList<Measure>> OfPageAsync(
        BenchRun run, BenchServers servers, int core, (string Name, string Path) page, CancellationToken cancel)
    {
        var rounds = new List<Cost>();
        while (rounds.Count < run.Pick(3, 1))
        {
            BenchRun.ReportProgress($"{page.Name}, round {rounds.Count + 1}");
            // A new console each time: memory that it took for earlier viewers is not taken again.
            await using var console = ConsoleProcess.Start(run, servers, run.Fresh("console-data"), core, Limits);
            await console.ServesAsync(run, cancel);
            rounds.Add(await OfConsoleAsync(run, console, page.Path, cancel));
        }

        var (cpu, bytes, memory) = (Of(cost => cost.Cpu), Of(cost => cost.Bytes), Of(cost => cost.Memory));
        var viewers = Sessions(run) * PagesOfSession;
        return
        [
            new(
                $"{Name}.{page.Name}.cpu", cpu.Median, "ms per viewer and second",
                Note: $"{cpu}; {viewers} viewers, {Of(cost => cost.Idle)} ms a second without any"),
            new($"{Name}.{page.Name}.bytes", bytes.Median, "bytes per viewer and second", Note: $"{bytes}, compressed, on the wire"),
            new(
                $"{Name}.{page.Name}.batches", Of(cost => cost.Batches).Median, "batches per viewer and second",
                Note: "what the console draws"),
            new($"{Name}.{page.Name}.memory", memory.Median, "MB resident per viewer", Note: memory.ToString()),
        ];

        Spread Of(Func<Cost, double> value) => Spread.Of([.. rounds.Select(value)]);
    }

    private static int Sessions(BenchRun run) => run.Pick(10, 2);

    private static async Task<Cost> OfConsoleAsync(BenchRun run, ConsoleProcess console, string path, CancellationToken cancel)
    {
        var sessions = new List<SignedIn>();
        try
        {
            while (sessions.Count < Sessions(run))
            {
                sessions.Add(await SignedIn.BeginAsync(console.Address, cancel));
            }

            return await OnceAsync(run, console, sessions, path, cancel);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static async Task<Cost> OnceAsync(
        BenchRun run, ConsoleProcess console, List<SignedIn> sessions, string path, CancellationToken cancel)
    {
        var (length, settled) = (TimeSpan.FromSeconds(run.Pick(20, 8)), TimeSpan.FromSeconds(run.Pick(10, 5)));
        await Task.Delay(settled, run.Time, cancel);
        var idle = await CpuAsync(length);
        var memory = ProcessMemory.Resident(console.Pid);
        var viewers = new List<Viewer>();
        try
        {
            foreach (var session in sessions.SelectMany(session => Enumerable.Repeat(session, PagesOfSession)))
            {
                viewers.Add(await Viewer.OpenAsync(session, path, cancel));
            }

            // By now a page's one-time work is over, and the busiest code is compiled.
            await Task.Delay(settled, run.Time, cancel);
            var (batches, bytes) = (viewers.Sum(viewer => viewer.Batches), viewers.Sum(viewer => viewer.Received));
            var ours = ProcessCpu.Of(Environment.ProcessId);
            var busy = await CpuAsync(length);
            ours = ProcessCpu.Of(Environment.ProcessId) - ours;
            viewers.ForEach(viewer => viewer.MustBeLive());
            if (ours > length * Busy)
            {
                throw new BenchException(
                    $"The viewers used {ours / length:P0} of their core, so they limited the measurement. "
                        + "Run it on a faster machine, or with --quick.");
            }

            var each = viewers.Count * length.TotalSeconds;
            return new(
                (busy - idle).TotalMilliseconds / each,
                idle.TotalMilliseconds / length.TotalSeconds,
                (viewers.Sum(viewer => viewer.Received) - bytes) / each,
                (viewers.Sum(viewer => viewer.Batches) - batches) / each,
                (ProcessMemory.Resident(console.Pid) - memory) / (double)viewers.Count / 1_000_000);
        }
        finally
        {
            foreach (var viewer in viewers)
            {
                await viewer.DisposeAsync();
            }
        }

        async Task<TimeSpan> CpuAsync(TimeSpan during)
        {
            var before = ProcessCpu.Of(console.Pid);
            await Task.Delay(during, run.Time, cancel);
            return ProcessCpu.Of(console.Pid) - before;
        }
    }

    /// <param name="Cpu">Milliseconds per second for each viewer, beyond the cost without any.</param>
    /// <param name="Idle">Milliseconds per second without any viewer.</param>
    private sealed record Cost(double Cpu, double Idle, double Bytes, double Batches, double Memory);
}
