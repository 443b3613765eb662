using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>Something on loopback that is no Valkey: it accepts connections and treats each as the test says.</summary>
internal sealed class TestListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _accepting;

    /// <param name="treat">Gets each connection's stream; the connection is closed when it returns.</param>
    public TestListener(Func<NetworkStream, CancellationToken, Task> treat)
    {
        _listener.Start();
        _accepting = AcceptAsync(treat);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits for something to be said, then says this.</summary>
    public static TestListener Answering(byte[] answer) => new(async (stream, cancel) =>
    {
        await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, cancel);
        await stream.WriteAsync(answer, cancel);
    });

    /// <summary>Says this at once without listening, as a full server does.</summary>
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

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> treat)
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token), treat));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> treat)
    {
        using (client)
        {
            try
            {
                await treat(client.GetStream(), _ended.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The other side went, or the test is over.
            }
        }
    }
}
