using StackExchange.Redis;

namespace Dashboard.Servers;

/// <summary>A server with a small <c>maxmemory</c> and noeviction, filled until it refuses.</summary>
internal static class FullMemory
{
    /// <summary>A running server that answers writes with OOM.</summary>
    public static async Task<TestServer> StartAsync(params string[] lines)
    {
        var server = await TestServer.StartAsync(["maxmemory 4mb", "maxmemory-policy noeviction", .. lines]);
        var value = new string('x', 64 * 1024);
        for (var key = 0; key < 100; key++)
        {
            try
            {
                await server.CallAsync("SET", $"full-memory:{key}", value);
            }
            catch (RedisServerException error) when (error.Message.StartsWith("OOM", StringComparison.Ordinal))
            {
                return server;
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("The memory did not fill up.");
    }
}
