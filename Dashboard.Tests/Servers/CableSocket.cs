using System.Net.WebSockets;
using System.Text;

namespace Dashboard.Servers;

/// <summary>A browser's ActionCable socket. It reads until the server closes it, and closes it then as a browser does.</summary>
internal sealed class CableSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private CableSocket() => _socket.Options.AddSubProtocol("actioncable-v1-json");

    /// <summary>
    /// Ends when the server closes the socket, with the frames before: only the welcome on Rails up to 7.0, where a disconnect has none.
    /// </summary>
    public Task<IReadOnlyList<string>> Closed { get; private set; } = null!;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Opens a socket; the process has let it in, and subscribes to its channel at the same time.</summary>
    /// <param name="identity">E.g. <c>user=42&amp;tenant=7</c>; empty for an anonymous visitor.</param>
    public static async Task<CableSocket> OpenAsync(RailsSide rails, string identity)
    {
        var cancel = TestContext.Current.CancellationToken;
        var socket = new CableSocket();
        await socket._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{rails.Port}/cable?{identity}"), cancel);
        var welcome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.Closed = socket.ReadAsync(welcome, cancel);
        await (await Task.WhenAny(welcome.Task, socket.Closed)).WaitAsync(Eventually.Bound, TimeProvider.System, cancel);
        return socket;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<IReadOnlyList<string>> ReadAsync(TaskCompletionSource welcome, CancellationToken cancel)
    {
        var (frames, buffer) = (new List<string>(), new byte[4_096]);
        while (await _socket.ReceiveAsync(buffer.AsMemory(), cancel) is { MessageType: not WebSocketMessageType.Close } received)
        {
            var frame = Encoding.UTF8.GetString(buffer, 0, received.Count);
            if (!frame.Contains("\"ping\"", StringComparison.Ordinal))
            {
                frames.Add(frame);
                welcome.TrySetResult();
            }
        }

        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
        return frames;
    }
}
