using System.Net.Sockets;
using System.Text;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>A client of an application that stays connected to one database.</summary>
internal sealed class SpareClient : IAsyncDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<IAsyncDisposable> ConnectAsync(TestServer server, int database)
    {
        var client = new SpareClient();
        await client._client.ConnectAsync(TestServer.Host, server.Port, Cancel);
        await client._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"SELECT {database}\r\n"), Cancel);
        await client._client.GetStream().ReadAtLeastAsync(new byte[4], 1, cancellationToken: Cancel);
        return client;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
