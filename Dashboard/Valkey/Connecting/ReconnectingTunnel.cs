using System.Net;
using System.Net.Sockets;
using Dashboard.Valkey.Resp;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Gives one multiplexer of the client library connections that the console opened and signed in: for commands, for subscriptions, and
/// again after one was lost.
/// </summary>
/// <remarks>
/// The library does not close the stream of a connection that it gives up after the server hung. Whoever disposes the tunnel closes all of
/// them, and a new one closes the one before.
/// </remarks>
/// <param name="open">Opens a connection for commands or for subscriptions.</param>
internal sealed class ReconnectingTunnel(Func<ConnectionType, CancellationToken, Task<Reply<AuthenticatedStream>>> open)
    : Tunnel, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConnectionType, Stream> _streams = [];
    private bool _hasEnded;

    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        new((EndPoint?)null);

    public override async ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        Replace(connectionType, null);
        var opened = await open(connectionType, cancellationToken);
        if (opened.Value is not { } connection)
        {
            throw new IOException($"No connection: {opened.Fault!.Kind}.");
        }

        Replace(connectionType, connection.Stream);
        return new RespValidatingStream(connection.Stream);
    }

    /// <summary>Closes its connections; it opens no other.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            foreach (var stream in _streams.Values)
            {
                stream.Dispose();
            }

            _streams.Clear();
        }
    }

    private void Replace(ConnectionType type, Stream? stream)
    {
        lock (_gate)
        {
            if (_streams.Remove(type, out var before))
            {
                before.Dispose();
            }

            if (_hasEnded)
            {
                stream?.Dispose();
                throw new IOException("The backplane has given up this connection.");
            }

            if (stream is not null)
            {
                _streams[type] = stream;
            }
        }
    }
}
