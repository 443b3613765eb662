using System.Net;
using System.Net.Sockets;
using Dashboard.Valkey.Resp;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Gives the client library the console's open connection, once, instead of letting it open its own: it cannot reconnect unnoticed.
/// </summary>
/// <remarks>The library therefore never learns the password, and a rejected password is not tried again and again.</remarks>
internal sealed class PreconnectedTunnel(Stream stream) : Tunnel
{
    private Stream? _stream = stream;

    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        new((EndPoint?)null);

    public override ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken) =>
        new(new RespValidatingStream(Interlocked.Exchange(ref _stream, null) ?? throw new IOException("The connection was closed.")));
}
