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
/// deaf where the server was down or hung at the start).
/// </remarks>
internal sealed class BackplaneConnector(Instance instance, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time for a command, and to open a connection.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>The shortest time between two attempts; until then, the last one's fault is repeated.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Longer than <see cref="Timeout"/>, so that the console's own attempt ends first and says why.</summary>
    private static readonly TimeSpan LibraryTimeout = TimeSpan.FromSeconds(5);

    private readonly ReconnectingTunnel _tunnel = new(instance, ConnectionRole.Backplane, Timeout, time);
    private Fault _lastFault = new(FaultKind.Closed);
    private long? _failedAt;

    /// <summary>What is wrong with the connections; null while nothing is known to be.</summary>
    public Fault? Fault => _tunnel.LastFault ?? (_failedAt is null ? null : _lastFault);

    /// <param name="prefix">How the channels begin; the library adds it to every channel.</param>
    /// <param name="channel">The channel, without the prefix, that has to be subscribed to.</param>
    /// <returns>A connected multiplexer that belongs to the caller, or what is wrong.</returns>
    public async Task<Reply<IConnectionMultiplexer>> OpenAsync(string prefix, string channel)
    {
        if (_failedAt is { } at && time.GetElapsedTime(at) < Pause)
        {
            return _lastFault;
        }

        ConnectionMultiplexer? library = null;
        try
        {
            library = await ConnectionMultiplexer.ConnectAsync(OptionsOf(prefix));
            if (library.IsConnected)
            {
                await library.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), (_, _) => { }).WaitAsync(LibraryTimeout, time);
                _failedAt = null;
                return library;
            }

            _lastFault = new(FaultKind.Closed);
        }
        catch (RedisServerException error)
        {
            _lastFault = ErrorReply.Read(error.Message);
        }
        catch (Exception error) when (error is RedisException or TimeoutException or IOException or ObjectDisposedException)
        {
            _lastFault = error is TimeoutException ? new(FaultKind.Hung) : new(FaultKind.Closed);
        }

        await (library?.DisposeAsync() ?? ValueTask.CompletedTask);
        _failedAt = time.GetTimestamp();
        return _lastFault = _tunnel.LastFault ?? _lastFault;
    }

    public ValueTask DisposeAsync() => _tunnel.DisposeAsync();

    private ConfigurationOptions OptionsOf(string prefix) => new()
    {
        EndPoints = { new DnsEndPoint(instance.Address.Host, instance.Address.Port) },
        Tunnel = _tunnel,
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
        ReconnectRetryPolicy = new LinearRetry((int)Pause.TotalMilliseconds),
        KeepAlive = 5,
        SetClientLibrary = false,
        TieBreaker = "",
        ConfigurationChannel = "",
        ConfigCheckSeconds = 0,
        IncludeDetailInExceptions = false,
    };
}
