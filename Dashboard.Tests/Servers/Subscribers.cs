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
        await joined.SendAsync(server, $"SUBSCRIBE {string.Join(' ', channels)}");
        await Eventually.Async(async () => (string?)(await server.CallAsync("PUBSUB", "NUMSUB", channels[^1]))[1], count => count == "1");
        return joined;
    }

    /// <summary>As <see cref="JoinAsync"/>, with a name. Without a channel it only publishes.</summary>
    public static async Task<Subscribers> NamedAsync(TestServer server, string name, params string[] channels)
    {
        var named = new Subscribers();
        string[] subscribe = channels.Length > 0 ? [$"SUBSCRIBE {string.Join(' ', channels)}"] : [];
        await named.SendAsync(server, [$"CLIENT SETNAME {name}", .. subscribe]);
        return named;
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(TestServer server, params string[] lines)
    {
        await _client.ConnectAsync(IPAddress.Loopback, server.Port);
        await using var writer = new StreamWriter(_client.GetStream(), leaveOpen: true) { NewLine = "\r\n" };
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line);
        }

        await writer.FlushAsync();
    }
}
