using System.Net.Sockets;
using System.Net.WebSockets;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>A person with one page open, kept up to date over a WebSocket of its own, compressed as for a browser.</summary>
internal sealed class Viewer : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly RawCircuit _circuit;
    private readonly HttpMessageInvoker _connector;
    private readonly CountingStream _wire;

    private Viewer(RawCircuit circuit, HttpMessageInvoker connector, CountingStream wire) =>
        (_circuit, _connector, _wire) = (circuit, connector, wire);

    /// <summary>Raised with what the console draws.</summary>
    public event Action<byte[]>? Drawn
    {
        add => _circuit.Drawn += value;
        remove => _circuit.Drawn -= value;
    }

    /// <summary>Bytes received from the console, as on the wire.</summary>
    public long Received => _wire.Received;

    /// <summary>How often the console has drawn.</summary>
    public int Batches => _circuit.Batches;

    /// <exception cref="BenchException">The page stopped.</exception>
    public void MustBeLive()
    {
        if (!_circuit.IsOpen || !_circuit.Errors.IsEmpty)
        {
            throw new BenchException(
                $"A page stopped during the measurement: {string.Join(' ', _circuit.Errors)} See .run/bench/console.log.");
        }
    }

    public static async Task<Viewer> OpenAsync(SignedIn session, string path, CancellationToken cancel)
    {
        var html = await session.PageAsync(path, cancel);
        CountingStream? wire = null;
        var connector = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return wire = new CountingStream(new NetworkStream(socket, ownsSocket: true));
            },
        });
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", session.Cookies);
        socket.Options.SetRequestHeader("Origin", session.Origin);
        socket.Options.DangerousDeflateOptions = new();
        var origin = new Uri(session.Origin);
        await socket.ConnectAsync(new UriBuilder(new Uri(origin, "/_blazor")) { Scheme = "ws" }.Uri, connector, cancel);
        return new(await RawCircuit.BeginAsync(socket, html, new Uri(origin, path), Timeout), connector, wire!);
    }

    public async ValueTask DisposeAsync()
    {
        await _circuit.DisposeAsync();
        _connector.Dispose();
    }
}
