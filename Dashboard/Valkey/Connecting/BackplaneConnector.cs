using System.Net;
using Dashboard.Instances;
using Dashboard.Valkey.Commands;
using StackExchange.Redis;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Opens the client library's connections for the backplane: one for commands, one for subscriptions. When they are lost, the library opens
/// them again and subscribes again.
/// </summary>
/// <remarks>
/// SignalR's manager takes the first multiplexer that it is given and never asks for another one. Where the subscribing connection of that
/// one failed, the console would hear nothing for good, while every send succeeds. So a multiplexer is handed over only once it is
/// connected and has subscribed to the manager's channel itself (measured with StackExchange.Redis 3.4.35: every other rule left a console
/// deaf where the server was down or hung at the start). What goes wrong after that, the test of the way finds.
/// </remarks>
internal sealed class BackplaneConnector(Instance instance, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time for a command, and to open a connection.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Longer than <see cref="Timeout"/>, so that the console's own attempt ends first and says why.</summary>
    private static readonly TimeSpan LibraryTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly SerialConnector _forCommands = new(instance, ConnectionRole.Backplane, Timeout, time);
    private readonly SerialConnector _forSubscriptions = new(instance, ConnectionRole.Backplane, Timeout, time);

    /// <summary>Why the last connection could not be opened; null once one was.</summary>
    public Fault? LastFault => _forCommands.LastFault ?? _forSubscriptions.LastFault;

    /// <param name="prefix">How the channels begin; the library adds it to every channel.</param>
    /// <param name="channel">The channel, without the prefix, that has to be subscribed to.</param>
    /// <returns>Connections that belong to the caller, or what is wrong.</returns>
    public async Task<Reply<BackplaneConnection>> OpenAsync(string prefix, string channel)
    {
        var tunnel = new ReconnectingTunnel(
            (type, cancel) => (type == ConnectionType.Subscription ? _forSubscriptions : _forCommands).OpenAsync(cancel));
        ConnectionMultiplexer? library = null;
        Fault fault;
        try
        {
            library = await ConnectionMultiplexer.ConnectAsync(OptionsOf(prefix, tunnel));
            if (library.IsConnected)
            {
                await library.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), (_, _) => { }).WaitAsync(LibraryTimeout, time);
                return new BackplaneConnection(library, tunnel);
            }

            fault = new(FaultKind.Closed);
        }
        catch (RedisServerException error)
        {
            fault = ErrorReply.Read(error.Message);
        }
        catch (Exception error) when (error is RedisException or TimeoutException or IOException or ObjectDisposedException)
        {
            fault = LastFault ?? new(error is TimeoutException ? FaultKind.Hung : FaultKind.Closed);
        }

        tunnel.Dispose();
        await (library?.DisposeAsync() ?? ValueTask.CompletedTask);
        return fault;
    }

    public async ValueTask DisposeAsync()
    {
        await _forCommands.DisposeAsync();
        await _forSubscriptions.DisposeAsync();
    }

    private ConfigurationOptions OptionsOf(string prefix, ReconnectingTunnel tunnel) => new()
    {
        EndPoints = { new DnsEndPoint(instance.Address.Host, instance.Address.Port) },
        Tunnel = tunnel,
        CommandMap = CommandMap.Create(DeclaredCommands.MapOf(instance, ConnectionRole.Backplane), available: true),
        AllowAdmin = true,
        Protocol = RedisProtocol.Resp2,
        ChannelPrefix = RedisChannel.Literal(prefix),
        AbortOnConnectFail = true,
        ConnectRetry = 1,
        ConnectTimeout = (int)LibraryTimeout.TotalMilliseconds,
        AsyncTimeout = (int)Timeout.TotalMilliseconds,
        SyncTimeout = (int)Timeout.TotalMilliseconds,
        // A subscription that waits in the backlog is made once there is a connection; one that fails fast is lost for good.
        BacklogPolicy = BacklogPolicy.Default,
        ReconnectRetryPolicy = new LinearRetry((int)RetryPeriod.TotalMilliseconds),
        KeepAlive = 5,
        SetClientLibrary = false,
        TieBreaker = "",
        ConfigurationChannel = "",
        ConfigCheckSeconds = 0,
        IncludeDetailInExceptions = false,
    };
}
