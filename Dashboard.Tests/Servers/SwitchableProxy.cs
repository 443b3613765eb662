using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Servers;

/// <summary>One address, and behind it whatever server the test says: for new connections, or beneath those that are open.</summary>
internal sealed class SwitchableProxy : IAsyncDisposable
{
    /// <summary>
    /// The first byte of TLS. The console tries it where a connection broke before any answer, and a plain server is silent on it until the
    /// console's deadline: here it is turned away at once.
    /// </summary>
    private const byte Handshake = 0x16;

    private readonly TestListener _listener;
    private readonly ConcurrentDictionary<Way, byte> _open = new();

    public SwitchableProxy(int target)
    {
        Target = target;
        _listener = new(ServeAsync);
    }

    public int Port => _listener.Port;

    /// <summary>The port that new connections lead to.</summary>
    public int Target { get; set; }

    /// <summary>While true, open connections lead to <see cref="Target"/> as well, from their next request on.</summary>
    public bool Beneath { get; set; }

    /// <summary>Sees each request, whole, before it is passed on, as text; may change where it goes.</summary>
    public Func<string, Task>? Sees { get; set; }

    /// <summary>Of the next request with these words the answer is lost, and the connection with it; then it is null again.</summary>
    public string? LosesAnswerTo { get; set; }

    /// <summary>Breaks every open connection; new ones are accepted.</summary>
    public void Cut()
    {
        foreach (var way in _open.Keys)
        {
            way.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _listener.DisposeAsync();
    }

    private async Task ServeAsync(NetworkStream client, CancellationToken cancel)
    {
        using var way = new Way(client);
        _open[way] = 0;
        try
        {
            await way.LeadToAsync(Target);
            byte[] heard = [];
            var piece = new byte[64 * 1024];
            for (var read = await client.ReadAsync(piece, cancel); read > 0; read = await client.ReadAsync(piece, cancel))
            {
                heard = [.. heard, .. piece[..read]];
                for (var length = RespRequests.FirstLength(heard); length > 0; length = RespRequests.FirstLength(heard))
                {
                    await PassOnAsync(way, heard.AsMemory(0, length));
                    heard = heard[length..];
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of one side is the end of both.
        }
        finally
        {
            _open.TryRemove(way, out _);
        }
    }

    private async Task PassOnAsync(Way way, Memory<byte> request)
    {
        var text = Encoding.Latin1.GetString(request.Span);
        if (Sees is { } sees)
        {
            await sees(text);
        }

        // What was cut off before it got through never gets there.
        if (way.IsOver || request.Span[0] == Handshake)
        {
            way.Dispose();
            return;
        }

        if (Beneath && way.Target != Target)
        {
            await way.LeadToAsync(Target);
        }

        if (LosesAnswerTo is { } words && text.Contains(words, StringComparison.Ordinal))
        {
            (LosesAnswerTo, way.LosesAnswer) = (null, true);
        }

        await way.SendAsync(request);
    }

    /// <summary>One connection of a client, and the server at its other end.</summary>
    private sealed class Way(NetworkStream client) : IDisposable
    {
        private TcpClient? _server;

        public int Target { get; private set; }

        public bool LosesAnswer { get; set; }

        public bool IsOver { get; private set; }

        public async Task LeadToAsync(int target)
        {
            var (before, server) = (_server, new TcpClient { NoDelay = true });
            (_server, Target) = (server, target);
            before?.Dispose();
            await server.ConnectAsync(IPAddress.Loopback, target);
            _ = AnswerAsync(server);
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
