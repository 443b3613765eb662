using Dashboard.Benchmarks.Servers;

namespace Dashboard.Benchmarks.Watching;

/// <summary>A server that accepts connections and does not answer must not delay the others.</summary>
internal sealed class HungInstance : IBenchmark
{
    private const int Pollers = 30;
    private const int Servers = 10;

    public string Name => "hung-instance";

    public string What =>
        "30 pollers on 10 servers, one server stopped (SIGSTOP): how late the others' results are known, before and during the stop";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await using var servers = await BenchServers.ManyAsync(run, Servers, cancel);
        await using var watch = await Watch.StartAsync(run, servers, Pollers, cancel);
        var (hung, length) = (servers.All[0], TimeSpan.FromSeconds(run.Pick(40, 15)));
        BenchRun.ReportProgress("all answer");
        var before = await watch.DuringAsync(length, IsOther, cancel);
        Signal.Stop(hung.Pid);
        try
        {
            BenchRun.ReportProgress("one is stopped");
            var meanwhile = await watch.DuringAsync(length, IsOther, cancel);
            return
            [
                new(Name, meanwhile.KnownP99, "ms late, p99", 100, $"of {meanwhile.Known.Count} polls"),
                new($"{Name}.before", before.KnownP99, "ms late, p99", Note: $"of {before.Known.Count} polls"),
            ];
        }
        finally
        {
            Signal.Continue(hung.Pid);
        }

        bool IsOther(string poller) => !poller.EndsWith($"-{hung.Id}", StringComparison.Ordinal);
    }
}
