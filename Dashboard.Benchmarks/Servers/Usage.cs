using Dashboard.Demo;
using Dashboard.Demo.Load;
using Dashboard.Instances;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Benchmarks.Servers;

/// <summary>Lets the demo's application use the servers for some seconds, then go: a server nobody ever used answers INFO with less than real ones do.</summary>
internal static class Usage
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(4);

    public static async Task OfAsync(BenchServers servers, BenchRun run, CancellationToken cancel)
    {
        List<IHostedService> traffic = [.. servers.All.Select(server => TrafficOf(server, run.Time))];
        await Task.WhenAll(traffic.Select(part => part.StartAsync(cancel)));
        await Task.Delay(Seconds, run.Time, cancel);
        await Task.WhenAll(traffic.Select(part => part.StopAsync(cancel)));
        traffic.ForEach(part => (part as IDisposable)?.Dispose());
    }

    private static IHostedService TrafficOf(DemoServer server, TimeProvider time) => server.Plan.Purpose switch
    {
        Purpose.Cache => new CacheTraffic(server.Target, time),
        Purpose.Cable => new CableTraffic(server.Target, time),
        _ => new TokenTraffic(server.Target, time),
    };
}
