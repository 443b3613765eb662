using System.Text;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Benchmarks.Consoles;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Dashboard.Benchmarks.Viewers;
using Dashboard.Changes;
using Dashboard.Configuration;
using Dashboard.Demo;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Realtime;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Dashboard.Valkey.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Benchmarks.Watching;

/// <summary>How soon one console hears what another one changed, and how soon a page of it shows that.</summary>
/// <remarks>
/// Two consoles in this process, without pages, share the data folder with a console in a process of its own, which has the page. Time on
/// the page ends when its browser has what to draw, not when that is painted.
/// </remarks>
internal sealed class Replicas : IBenchmark
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <summary>Between two acts. No multiple of the poll interval: acts come at any time between two polls.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(730);

    public string Name => "replicas";

    public string What => "what one console changes, heard by another one and drawn on a page of a third, over the cable instance";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        await ConsoleProcess.PublishAsync(run, cancel);
        await using var servers = await BenchServers.TrioAsync(run, cancel);
        var data = run.Fresh("console-data");
        var cable = servers.All.Single(server => server.Id == InstanceId.Of("cable"));
        var (user, passwordFile) = (AclRules.UserOf(ConnectionRole.Backplane), cable.PasswordFileOf(ConnectionRole.Backplane));
        await using var console = ConsoleProcess.Start(
            run, servers, data, null,
            "--Dashboard:Instances:cable:Backplane:User", user, "--Dashboard:Instances:cable:Backplane:PasswordFile", passwordFile);
        await console.ServesAsync(run, cancel);
        var instance = servers.Instances.Single(one => one.Id == cable.Id) with { Backplane = new(user, passwordFile) };
        using var one = await ConsoleAsync(run, instance, data, cancel);
        using var two = await ConsoleAsync(run, instance, data, cancel);
        foreach (var replica in (IHost[])[one, two])
        {
            // The three hear each other.
            await ConsoleProcess.UntilAsync(
                run,
                () => Task.FromResult(replica.Services.GetRequiredService<Backplane>().State is
                {
                    Level: BackplaneLevel.Connected, Others.Count: >= 2,
                }), cancel);
        }

        var heard = await HeardAsync(run, one, two, cancel);
        var drawn = await DrawnAsync(run, one, console, cancel);
        await Task.WhenAll(one.StopAsync(cancel), two.StopAsync(cancel));
        return
        [
            new(Name, Percentiles.Of(heard, 0.99), "ms, hint raised → heard by another console, p99", 20, Of(heard)),
            new($"{Name}.page", Percentiles.Of(drawn, 0.99), "ms, run begun → drawn on a page of another console, p99", 250, Of(drawn)),
        ];
    }

    private static string Of(List<double> took) =>
        $"median {Percentiles.Median(took):0.0}, longest {took.Max():0.0}; {took.Count} changes";

    private static async Task<IHost> ConsoleAsync(BenchRun run, Instance cable, string data, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var files = new ConsoleFiles(Path.Combine(data, "console.db"), Path.Combine(data, "audit.head"));
        builder.Services.AddLogging().AddSingleton(run.Time).AddSingleton<ChangeFeed>().AddSingleton(ReplicaId.OfThisStart());
        builder.Services.AddSingleton(new MonitoringSettings([cable], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "bench"));
        builder.Services.AddSingleton(files).AddSingleton<IConsoleStore, SqliteConsoleStore>();
        builder.Services.AddSingleton<RunStore>();
        builder.AddRealtime();
        var host = builder.Build();
        await host.StartAsync(cancel);
        return host;
    }

    private static async Task<List<double>> HeardAsync(BenchRun run, IHost one, IHost two, CancellationToken cancel)
    {
        List<double> took = [];
        TaskCompletionSource? awaited = null;
        Change expected = default;
        using var subscription = two.Services.GetRequiredService<ChangeFeed>().Subscribe(
            "the benchmark",
            some =>
            {
                if (some.Contains(expected))
                {
                    awaited?.TrySetResult();
                }

                return Task.CompletedTask;
            }, ChangeKind.Run);
        while (took.Count < run.Pick(2_000, 200))
        {
            awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            expected = new(ChangeKind.Run, Cache, Guid.NewGuid().ToString());
            var began = run.Time.GetTimestamp();
            one.Services.GetRequiredService<ChangeFeed>().Raise(expected);
            await awaited.Task.WaitAsync(Within, run.Time, cancel);
            took.Add(run.Time.GetElapsedTime(began).TotalMilliseconds);
        }

        return took;
    }

    private static async Task<List<double>> DrawnAsync(BenchRun run, IHost one, ConsoleProcess console, CancellationToken cancel)
    {
        using var session = await SignedIn.BeginAsync(console.Address, cancel);
        await using var viewer = await Viewer.OpenAsync(session, "/instances/cache/actions", cancel);
        var (runs, took) = (one.Services.GetRequiredService<RunStore>(), new List<double>());
        TaskCompletionSource? awaited = null;
        byte[] expected = [];
        viewer.Drawn += batch =>
        {
            if (expected.Length > 0 && batch.AsSpan().IndexOf(expected) >= 0)
            {
                awaited?.TrySetResult();
            }
        };
        while (took.Count < run.Pick(200, 40))
        {
            await Task.Delay(Pause, run.Time, cancel);
            awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var who = $"operator{took.Count:0000}";
            expected = Encoding.UTF8.GetBytes(who);
            var began = run.Time.GetTimestamp();
            var act = new Run(
                Guid.CreateVersion7(), "cache.flush", Cache, new string('a', 40), 0, "", who, "", run.Time.GetUtcNow());
            await runs.ClaimAsync(act, cancel);
            await awaited.Task.WaitAsync(Within, run.Time, cancel);
            took.Add(run.Time.GetElapsedTime(began).TotalMilliseconds);
            await runs.EndAsync(act.Id, new(AuditResult.Done, "Done by the benchmark."), cancel);
        }

        viewer.MustBeLive();
        return took;
    }
}
