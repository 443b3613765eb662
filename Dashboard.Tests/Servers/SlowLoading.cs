namespace Dashboard.Servers;

/// <summary>A server that takes some seconds to read its dataset.</summary>
internal static class SlowLoading
{
    private const int Keys = 20_000;

    /// <summary>Microseconds a key: four seconds in all.</summary>
    private const int Delay = 200;

    /// <summary>A server that was restarted just now and is loading.</summary>
    public static async Task<TestServer> StartAsync(params string[] lines)
    {
        var server = await TestServer.StartAsync(["enable-debug-command yes", .. lines]);
        await server.CallAsync("DEBUG", "POPULATE", Keys);
        await server.CallAsync("SAVE");
        await server.RestartAsync(waitUntilReady: false, lines: [$"key-load-delay {Delay}", "loading-process-events-interval-bytes 1024"]);
        return server;
    }
}
