using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Servers;

/// <summary>A proxy between the console and a server, which does what networks do: delay, drop, cut.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly Task _accepting;

    public TcpProxy(int target)
    {
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port that new connections lead to.</summary>
    public int Target { get; set; }

    /// <summary>How long each piece is delayed, in both directions.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>While true, everything that is sent is dropped; connections are still accepted.</summary>
    public bool Blackhole { get; set; }

    /// <summary>The number of connections made through it so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Breaks every open connection; new ones are accepted.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pumps = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                Connections++;
                pumps.Add(ServeAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        _open[client] = _open[server] = 0;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, Target, _ended.Token);
            await Task.WhenAny(PumpAsync(client.GetStream(), server.GetStream()), PumpAsync(server.GetStream(), client.GetStream()));
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The end of one side is the end of both.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var piece = new byte[64 * 1024];
        try
        {
            for (var read = await from.ReadAsync(piece, _ended.Token); read > 0; read = await from.ReadAsync(piece, _ended.Token))
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, TimeProvider.System, _ended.Token);
                }

                if (!Blackhole)
                {
                    await to.WriteAsync(piece.AsMemory(0, read), _ended.Token);
                }
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // As above.
        }
    }

    private static bool IsEnd(Exception error) =>
        error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
