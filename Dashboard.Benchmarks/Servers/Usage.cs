using Dashboard.Demo;
using Dashboard.Demo.Load;
using Dashboard.Instances.Purposes;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Benchmarks.Servers;

/// <summary>
/// Lets the demo's application use the servers for some seconds: a server that was never used answers INFO with less than real ones do.
/// </summary>
internal static class Usage
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(4);

    public static async Task OfAsync(BenchServers servers, BenchRun run, CancellationToken cancel)
    {
        await using var traffic = await StartAsync(servers, run, cancel);
        await Task.Delay(Seconds, run.Time, cancel);
    }

    /// <summary>Uses the servers until it is disposed.</summary>
    public static async Task<IAsyncDisposable> StartAsync(BenchServers servers, BenchRun run, CancellationToken cancel)
    {
        var traffic = new Traffic([.. servers.All.Select(server => TrafficOf(server, run.Time))]);
        await Task.WhenAll(traffic.Parts.Select(part => part.StartAsync(cancel)));
        return traffic;
    }

    private static IHostedService TrafficOf(DemoServer server, TimeProvider time) =>
        server.Plan.Purpose == Purpose.Cache ? new CacheTraffic(server.Target, time)
        : server.Plan.Purpose == Purpose.Cable ? new CableTraffic(server.Target, time)
        : new TokenTraffic(server.Target, time);

    private sealed record Traffic(IReadOnlyList<IHostedService> Parts) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(Parts.Select(part => part.StopAsync(CancellationToken.None)));
            Parts.OfType<IDisposable>().ToList().ForEach(part => part.Dispose());
        }
    }
}
