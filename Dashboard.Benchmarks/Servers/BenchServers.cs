using System.Globalization;
using Dashboard.Demo;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Benchmarks.Servers;

/// <summary>Real servers with the guide's settings, run as child processes that end with this one.</summary>
internal sealed class BenchServers : IAsyncDisposable
{
    private const long MaxMemory = 64L << 20;

    private readonly DemoFolder _folder;
    private readonly List<DemoServer> _servers = [];

    private BenchServers(DemoFolder folder) => _folder = folder;

    public IReadOnlyList<DemoServer> All => _servers;

    /// <summary>The servers as instances of a console.</summary>
    public IEnumerable<Instance> Instances =>
        _servers.Select(
            server => new Instance(server.Id, server.Plan.Purpose, new InstanceAddress("127.0.0.1", server.Port), server.PasswordFile));

    /// <summary>Starts the three servers.</summary>
    public static Task<BenchServers> TrioAsync(BenchRun run, CancellationToken cancel) =>
        StartAsync(run, [Plan("cache", Purpose.Cache), Plan("cable", Purpose.Cable), Plan("session", Purpose.Session)], cancel);

    /// <summary>Starts this many servers, of each purpose in turn.</summary>
    public static Task<BenchServers> ManyAsync(BenchRun run, int count, CancellationToken cancel) => StartAsync(
        run,
        Enumerable.Range(0, count)
            .Select(number => Plan(string.Create(CultureInfo.InvariantCulture, $"s{number}"), Purpose.All[number % 3])),
        cancel);

    /// <summary>Starts one server of this program, whatever else is on the machine.</summary>
    public static Task<BenchServers> OneAsync(BenchRun run, string program, DemoServerPlan plan, CancellationToken cancel) =>
        StartAsync(run, program, [plan], cancel);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        _folder.Dispose();
    }

    private static DemoServerPlan Plan(string id, Purpose purpose) => new(InstanceId.Of(id), purpose, MaxMemory);

    private static Task<BenchServers> StartAsync(BenchRun run, IEnumerable<DemoServerPlan> plans, CancellationToken cancel) => StartAsync(
        run,
        ServerProgram.Find() ?? throw new BenchException("Found neither valkey-server nor redis-server in PATH. Run `setup/install "
            + "server`, then try again."),
        plans,
        cancel);

    private static async Task<BenchServers> StartAsync(
        BenchRun run, string program, IEnumerable<DemoServerPlan> plans, CancellationToken cancel)
    {
        var folder = DemoFolder.TryOpen(Path.Combine(run.Folder, "servers"))
            ?? throw new BenchException("Another ./bench is running: wait for it, or stop it with Ctrl-C. "
                + "Two at once would disturb each other's measurements.");
        var servers = new BenchServers(folder);
        try
        {
            foreach (var plan in plans)
            {
                servers._servers.Add(await DemoServer.StartAsync(program, plan, folder, run.Time, cancel));
            }

            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }
}
