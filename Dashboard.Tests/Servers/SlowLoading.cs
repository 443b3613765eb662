using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>A server that reads its dataset slowly, until the test lets it finish.</summary>
internal static class SlowLoading
{
    private const int Keys = 20_000;

    /// <summary>Microseconds per key: a minute in all, more than any test needs to see it.</summary>
    private const int Delay = 3_000;

    /// <summary>Starts a server that was restarted just now and is loading.</summary>
    public static async Task<TestServer> StartAsync(params string[] lines)
    {
        var server = await PreparedAsync(lines);
        await RestartAsync(server);
        return server;
    }

    /// <summary>Starts a server with a dataset to read; it has not been restarted yet.</summary>
    public static async Task<TestServer> PreparedAsync(params string[] lines)
    {
        var server = await TestServer.StartAsync(["enable-debug-command yes", .. lines]);
        await server.CallAsync("DEBUG", "POPULATE", Keys);
        await server.CallAsync("SAVE");
        return server;
    }

    /// <summary>Restarts the server and does not wait until it has loaded.</summary>
    public static Task RestartAsync(TestServer server) => server.RestartAsync(
        waitUntilReady: false, lines: [$"key-load-delay {Delay}", "loading-process-events-interval-bytes 1024"]);

    /// <summary>Ends the loading: the rest is read without delay.</summary>
    /// <remarks>It uses a plain connection: client libraries wait until a server has loaded.</remarks>
    public static async Task FinishAsync(TestServer server)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        await client.GetStream().WriteAsync("CONFIG SET key-load-delay 0\r\n"u8.ToArray());
        var reply = new byte[5];
        await client.GetStream().ReadExactlyAsync(reply);
        Assert.Equal("+OK\r\n"u8, reply);
    }
}
