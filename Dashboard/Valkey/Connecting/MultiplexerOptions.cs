using System.Net;
using Dashboard.Instances;
using Dashboard.Valkey.Commands;
using StackExchange.Redis;

namespace Dashboard.Valkey.Connecting;

/// <summary>The client library's settings for one quiet connection that can send nothing but what its duty declares.</summary>
internal static class MultiplexerOptions
{
    /// <summary>Of the time for a question, for the library's own greeting: the rest is left to connect by hand where it fails.</summary>
    private const double Greeting = 0.75;

    /// <summary>It may outlast a question whose time is short: on a slow network it would never end else.</summary>
    private const int LeastGreetingMilliseconds = 1500;

    /// <summary>A minute: on a machine that is held up, the library would else end a question whose deadline has not come.</summary>
    private const int FarBehindMilliseconds = 60_000;

    /// <param name="timeout">For each question. The caller's deadline ends it; the library's own only stands far behind it.</param>
    public static ConfigurationOptions For(Instance instance, ConnectionRole role, TimeSpan timeout, Stream stream) => new()
    {
        EndPoints = { new DnsEndPoint(instance.Address.Host, instance.Address.Port) },
        Tunnel = new PreconnectedTunnel(stream),
        CommandMap = CommandMap.Create(DeclaredCommands.MapOf(instance, role), available: true),
        // The library files INFO under administration; the command map is what keeps this connection harmless.
        AllowAdmin = true,
        Protocol = RedisProtocol.Resp2,
        AbortOnConnectFail = true,
        ConnectRetry = 1,
        ConnectTimeout = Math.Max(LeastGreetingMilliseconds, (int)(timeout.TotalMilliseconds * Greeting)),
        AsyncTimeout = (int)timeout.TotalMilliseconds + FarBehindMilliseconds,
        BacklogPolicy = BacklogPolicy.FailFast,
        // Where it may send CLIENT it names the connection again, else after the machine.
        ClientName = AuthenticatedStream.NameFor(instance.Id, role),
        SetClientLibrary = false,
        // Both would be asked for at each connect: a lookup that counts as a miss, and a second connection.
        TieBreaker = "",
        ConfigurationChannel = "",
        // The polls keep the connection warm and tell whether the server lives.
        KeepAlive = -1,
        ConfigCheckSeconds = 0,
        IncludeDetailInExceptions = false,
    };
}
