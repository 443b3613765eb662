using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>Connections that take client slots and do nothing.</summary>
internal sealed class IdleConnections : IDisposable
{
    private readonly List<TcpClient> _clients = [];

    /// <summary>Opens this many and waits until the server has answered each: the slot is taken.</summary>
    public static async Task<IdleConnections> TakeAsync(TestServer server, int slots)
    {
        var idleConnections = new IdleConnections();
        for (var i = 0; i < slots; i++)
        {
            var client = new TcpClient();
            idleConnections._clients.Add(client);
            await client.ConnectAsync(IPAddress.Loopback, server.Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            await client.GetStream().ReadAtLeastAsync(new byte[64], 1);
        }

        return idleConnections;
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());
}
