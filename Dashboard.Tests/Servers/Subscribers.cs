using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>A connection subscribed to channels, as an application process is.</summary>
internal sealed class Subscribers : IDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<Subscribers> JoinAsync(TestServer server, params string[] channels)
    {
        var joined = new Subscribers();
        await joined._client.ConnectAsync(IPAddress.Loopback, server.Port);
        await using var writer = new StreamWriter(joined._client.GetStream(), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync($"SUBSCRIBE {string.Join(' ', channels)}");
        await writer.FlushAsync();
        await Eventually.Async(async () => (string?)(await server.CallAsync("PUBSUB", "NUMSUB", channels[^1]))[1], count => count == "1");
        return joined;
    }

    public void Dispose() => _client.Dispose();
}
