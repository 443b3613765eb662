using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>A listener on loopback that is not Valkey: it accepts connections and handles each as the test says.</summary>
internal sealed class TestListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;

    /// <param name="handle">Gets each connection's stream; the connection is closed when it returns.</param>
    public TestListener(Func<NetworkStream, CancellationToken, Task> handle)
    {
        _listener.Start();
        _accepting = AcceptAsync(handle);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits for any bytes, then sends this.</summary>
    public static TestListener Answering(byte[] answer) => new(async (stream, cancel) =>
    {
        await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, cancel);
        await stream.WriteAsync(answer, cancel);
    });

    /// <summary>Sends this at once without reading, as a full server does.</summary>
    public static TestListener Greeting(byte[] words) => new(async (stream, cancel) => await stream.WriteAsync(words, cancel));

    public static TestListener Silent() => new((_, cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel));

    public static TestListener ClosingAtOnce() => new((_, _) => Task.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> handle)
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token), handle));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> handle)
    {
        using (client)
        {
            try
            {
                await handle(client.GetStream(), _ended.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The other side disconnected, or the test is over.
            }
        }
    }
}
