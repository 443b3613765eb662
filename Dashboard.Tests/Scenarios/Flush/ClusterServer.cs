using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush;

/// <summary>
/// A server that is a cluster on its own. Several tests share it, because it reports itself as down for its first two seconds.
/// </summary>
public sealed class ClusterServer : IAsyncLifetime
{
    private const int Half = 8_192;

    private bool _isWhole = true;

    internal TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(
            "maxmemory 100mb", "maxmemory-policy allkeys-lru", "cluster-enabled yes", "cluster-require-full-coverage no");
        await Server.CallAsync("CLUSTER", "ADDSLOTSRANGE", 0, (2 * Half) - 1);
        await Eventually.Async(
            async () => (string)(await Server.CallAsync("CLUSTER", "INFO"))!, info => info.Contains("state:ok", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Puts 300 keys into a whole cluster, or into a server that has a part of one.</summary>
    internal async Task<TestServer> FilledAsync(bool whole)
    {
        await Server.CallAsync("FLUSHALL");
        if (whole != _isWhole)
        {
            await Server.CallAsync("CLUSTER", whole ? "ADDSLOTSRANGE" : "DELSLOTSRANGE", Half, (2 * Half) - 1);
            _isWhole = whole;
        }

        for (var key = 1; key <= 300; key++)
        {
            // The keys of a whole cluster are in many slots, those of a part in one.
            await Server.CallAsync("SET", whole ? $"page:{key}" : $"page:{{3}}{key}", key);
        }

        return Server;
    }
}
