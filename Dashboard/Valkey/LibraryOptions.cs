using System.Net;
using Dashboard.Instances;
using StackExchange.Redis;

namespace Dashboard.Valkey;

/// <summary>The client library's settings for watching: one quiet connection that can do nothing but ask.</summary>
internal static class WatchOptions
{
    /// <summary>For the library's own greeting after the connection is handed over.</summary>
    private const int GreetingMilliseconds = 1500;

    private static readonly string[] Questions = ["INFO", "PUBSUB", "ECHO", "PING"];

    public static ConfigurationOptions For(Instance instance, Stream stream) => new()
    {
        EndPoints = { new DnsEndPoint(instance.Address.Host, instance.Address.Port) },
        Tunnel = new HandOver(stream),
        CommandMap = CommandMap.Create([.. CommandsFor(instance)], available: true),
        // The library files INFO under administration; the command map is what keeps this connection harmless.
        AllowAdmin = true,
        Protocol = RedisProtocol.Resp2,
        AbortOnConnectFail = true,
        ConnectRetry = 1,
        ConnectTimeout = GreetingMilliseconds,
        BacklogPolicy = BacklogPolicy.FailFast,
        SetClientLibrary = false,
        // Both would be asked for at each connect: a lookup that counts as a miss, and a second connection.
        TieBreaker = "",
        ConfigurationChannel = "",
        // The polls keep the connection warm and tell whether the server lives.
        KeepAlive = -1,
        ConfigCheckSeconds = 0,
        IncludeDetailInExceptions = false,
    };

    /// <summary>Without an ACL user the connection has every right, so CONFIG GET works; a named user is taken for one with few, and is not asked.</summary>
    public static IEnumerable<string> CommandsFor(Instance instance) => MayReadConfig(instance) ? [.. Questions, "CONFIG"] : Questions;

    public static bool MayReadConfig(Instance instance) => instance.Address.User is null;
}
