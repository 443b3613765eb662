using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Servers;

/// <summary>One address with the server behind it that the test chooses, for new connections or also for open ones.</summary>
internal sealed class SwitchableProxy : IAsyncDisposable
{
    /// <summary>
    /// The first byte of TLS. The console tries TLS where a connection broke before any answer, and a plain server does not answer it until
    /// the console's deadline. Here it is refused at once.
    /// </summary>
    private const byte Handshake = 0x16;

    private readonly TestListener _listener;
    private readonly ConcurrentDictionary<Connection, byte> _open = new();

    /// <summary>The addresses of this proxy at the servers' ends.</summary>
    private readonly ConcurrentDictionary<string, byte> _addresses = new();

    public SwitchableProxy(int target)
    {
        Target = target;
        _listener = new(ServeAsync);
    }

    public int Port => _listener.Port;

    /// <summary>The port that new connections lead to.</summary>
    public int Target { get; set; }

    /// <summary>While true, open connections lead to <see cref="Target"/> as well, from their next request on.</summary>
    public bool MovesOpenConnections { get; set; }

    /// <summary>Gets each whole request as text before it is passed on; may change where it goes.</summary>
    public Func<string, Task>? OnRequest { get; set; }

    /// <summary>Changes a request on its way, after <see cref="OnRequest"/> and in Latin-1 as there; null to change none.</summary>
    public Func<string, string>? Rewrites { get; set; }

    /// <summary>The answer to the next request with this text is lost, and the connection with it; then this is null again.</summary>
    public string? LosesAnswerTo { get; set; }

    /// <summary>Breaks every open connection; new ones are accepted.</summary>
    public void Cut()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Whether a server's client with this address, e.g. <c>127.0.0.1:40312</c>, is or was this proxy.</summary>
    public bool IsClient(string address) => _addresses.ContainsKey(address);

    /// <summary>Forgets the addresses so far: the system gives them to other clients after a minute.</summary>
    public void ForgetAddresses() => _addresses.Clear();

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _listener.DisposeAsync();
    }

    private async Task ServeAsync(NetworkStream client, CancellationToken cancel)
    {
        using var connection = new Connection(client);
        _open[connection] = 0;
        try
        {
            await LeadAsync(connection);
            byte[] received = [];
            var piece = new byte[64 * 1024];
            for (var read = await client.ReadAsync(piece, cancel); read > 0; read = await client.ReadAsync(piece, cancel))
            {
                received = [.. received, .. piece[..read]];
                for (var length = RespRequests.FirstLength(received); length > 0; length = RespRequests.FirstLength(received))
                {
                    await PassOnAsync(connection, received.AsMemory(0, length));
                    received = received[length..];
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of one side is the end of both.
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    private async Task PassOnAsync(Connection connection, Memory<byte> request)
    {
        var text = Encoding.Latin1.GetString(request.Span);
        if (OnRequest is { } sees)
        {
            await sees(text);
        }

        // A request that was cut off before it was passed on never arrives.
        if (connection.IsOver || request.Span[0] == Handshake)
        {
            connection.Dispose();
            return;
        }

        if (MovesOpenConnections && connection.Target != Target)
        {
            await LeadAsync(connection);
        }

        if (LosesAnswerTo is { } words && text.Contains(words, StringComparison.Ordinal))
        {
            (LosesAnswerTo, connection.LosesAnswer) = (null, true);
        }

        await connection.SendAsync(Rewrites is { } rewrites ? Encoding.Latin1.GetBytes(rewrites(text)) : request);
    }

    private async Task LeadAsync(Connection connection) => _addresses[await connection.LeadToAsync(Target)] = 0;

    /// <summary>One connection of a client, and the server at its other end.</summary>
    private sealed class Connection(NetworkStream client) : IDisposable
    {
        private TcpClient? _server;

        public int Target { get; private set; }

        public bool LosesAnswer { get; set; }

        public bool IsOver { get; private set; }

        /// <returns>The address that the server sees.</returns>
        public async Task<string> LeadToAsync(int target)
        {
            var (before, server) = (_server, new TcpClient { NoDelay = true });
            (_server, Target) = (server, target);
            before?.Dispose();
            await server.ConnectAsync(IPAddress.Loopback, target);
            _ = AnswerAsync(server);
            // Cut while it connected, it has no socket any more.
            return server.Client?.LocalEndPoint is IPEndPoint local ? $"{IPAddress.Loopback}:{local.Port}" : "";
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> request) => _server!.GetStream().WriteAsync(request);

        public void Dispose()
        {
            IsOver = true;
            client.Dispose();
            _server?.Dispose();
        }

        private async Task AnswerAsync(TcpClient server)
        {
            var piece = new byte[64 * 1024];
            try
            {
                for (var read = await server.GetStream().ReadAsync(piece); read > 0
                    && !LosesAnswer; read = await server.GetStream().ReadAsync(piece))
                {
                    await client.WriteAsync(piece.AsMemory(0, read));
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // As above.
            }

            if (server == _server)
            {
                Dispose();
            }
        }
    }
}
