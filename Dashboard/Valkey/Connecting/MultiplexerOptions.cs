using System.Net;
using Dashboard.Instances;
using Dashboard.Valkey.Commands;
using StackExchange.Redis;

namespace Dashboard.Valkey.Connecting;

/// <summary>The client library's settings for one connection that sends nothing unasked, and only what its role declares.</summary>
internal static class MultiplexerOptions
{
    /// <summary>
    /// The share of a question's time for the library's own greeting; the rest is left to connect by hand where the greeting fails.
    /// </summary>
    private const double GreetingShare = 0.75;

    /// <summary>The greeting may outlast a question with a short timeout: on a slow network it would otherwise never succeed.</summary>
    private const int MinGreetingMilliseconds = 1500;

    /// <summary>One minute: on a machine that is held up, the library would otherwise end a question before its deadline.</summary>
    private const int TimeoutMarginMilliseconds = 60_000;

    /// <param name="timeout">The time for each question. The caller's deadline ends a question; the library's own timeout comes much
    /// later.</param>
    public static ConfigurationOptions For(Instance instance, ConnectionRole role, TimeSpan timeout, Stream stream) => new()
    {
        EndPoints = { new DnsEndPoint(instance.Address.Host, instance.Address.Port) },
        Tunnel = new PreconnectedTunnel(stream),
        CommandMap = CommandMap.Create(DeclaredCommands.MapOf(instance, role), available: true),
        // The library counts INFO as administration; the command map is what keeps this connection harmless.
        AllowAdmin = true,
        Protocol = RedisProtocol.Resp2,
        AbortOnConnectFail = true,
        ConnectRetry = 1,
        ConnectTimeout = Math.Max(MinGreetingMilliseconds, (int)(timeout.TotalMilliseconds * GreetingShare)),
        AsyncTimeout = (int)timeout.TotalMilliseconds + TimeoutMarginMilliseconds,
        BacklogPolicy = BacklogPolicy.FailFast,
        // Where the library may send CLIENT, it names the connection again; otherwise it would use the machine's name.
        ClientName = AuthenticatedStream.NameFor(instance.Id, role),
        SetClientLibrary = false,
        // Each would cost something at every connect: a lookup that counts as a miss, and a second connection.
        TieBreaker = "",
        ConfigurationChannel = "",
        // The polls keep the connection open and show whether the server runs.
        KeepAlive = -1,
        ConfigCheckSeconds = 0,
        IncludeDetailInExceptions = false,
    };
}
