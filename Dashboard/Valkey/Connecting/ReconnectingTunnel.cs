using System.Net;
using System.Net.Sockets;
using Dashboard.Instances;
using Dashboard.Valkey.Resp;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Gives the client library a connection that the console opened and signed in, each time the library wants one: for commands, for
/// subscriptions, and again after one was lost.
/// </summary>
/// <remarks>
/// The password file is read again for each connection, and a rejected password is not sent again for a while. What is wrong is known as
/// exactly as for every other connection.
/// </remarks>
/// <param name="timeout">The time to open a connection. It ends before the library gives an attempt up.</param>
internal sealed class ReconnectingTunnel(Instance instance, ConnectionRole role, TimeSpan timeout, TimeProvider time)
    : Tunnel, IAsyncDisposable
{
    private readonly Connector _forCommands = new(instance, role, timeout, time);
    private readonly Connector _forSubscriptions = new(instance, role, timeout, time);

    /// <summary>Why the last connection could not be opened; null once one was.</summary>
    public Fault? LastFault { get; private set; }

    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) =>
        new((EndPoint?)null);

    public override async ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        var connector = connectionType == ConnectionType.Subscription ? _forSubscriptions : _forCommands;
        var opened = await connector.OpenAsync(deadline.Token);
        LastFault = opened.Fault;
        return opened.Value is { } connection
            ? new RespValidatingStream(connection.Stream)
            : throw new IOException($"No connection: {opened.Fault!.Kind}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _forCommands.DisposeAsync();
        await _forSubscriptions.DisposeAsync();
    }
}
