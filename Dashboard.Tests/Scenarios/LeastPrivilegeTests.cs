using System.Reflection;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Commands;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;
using StackExchange.Redis;

namespace Dashboard.Scenarios;

/// <summary>
/// The generated rules against a real server: every declared call works, nothing is refused, and no grant could be left out.
/// </summary>
[Trait("Needs", "Server")]
public sealed class LeastPrivilegeTests
{
    private const string Password = "least-privilege-1";

    /// <summary>The calls of every connection. INFO comes first, because it connects.</summary>
    private static readonly Dictionary<string, Func<IConnectedServer, Task<Fault?>>> Common = new()
    {
        [nameof(IConnectedServer.InfoAsync)] = async server => (await server.InfoAsync(Cancel)).Fault,
        [nameof(IConnectedServer.WhoAmIAsync)] = async server => (await server.WhoAmIAsync(Cancel)).Fault,
        [nameof(IConnectedServer.MayRunAsync)] = async server => (await server.MayRunAsync("default", ["FLUSHALL"], Cancel)).Fault,
    };

    private static readonly Guid Flush = Guid.NewGuid();

    private static readonly Dictionary<string, Func<IServerWatcher, Task<Fault?>>> Watching = new()
    {
        [nameof(IServerWatcher.SubscribersAsync)] = async server => (await server.SubscribersAsync("channel", Cancel)).Fault,
        [nameof(IServerWatcher.CountChannelsAsync)] = async server => (await server.CountChannelsAsync("*", Cancel)).Fault,
        [nameof(IServerWatcher.ConfigAsync)] = async server => (await server.ConfigAsync("save", Cancel)).Fault,
    };

    private static readonly Dictionary<string, Func<IServerActor, TestServer, Task<Fault?>>> Acting = new()
    {
        [nameof(IServerActor.ClientsAsync)] = async (server, _) => (await server.ClientsAsync(Cancel)).Fault,
        [nameof(IServerActor.SampleAsync)] =
            async (server, host) => FaultOf(await server.SampleAsync(await PrepareAsync(host), "*", ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.FindAsync)] = async (server, host) => FaultOf(await server.FindAsync(await PrepareAsync(host), ["a"], Cancel)),
        [nameof(IServerActor.CountAsync)] = async (server, host) => FaultOf(await server.CountAsync(await PrepareAsync(host), Cancel)),
        [nameof(IServerActor.BeginFlushAsync)] = async (server, host) =>
            FaultOf(await server.BeginFlushAsync(await PrepareAsync(host), "noeviction", 10, 1, Flush, long.MaxValue, Cancel)),
        [nameof(IServerActor.SwapOutAsync)] = async (server, host) =>
            FaultOf(
                await server.SwapOutAsync(
                    await PrepareAsync(host, $"redis.call('SET', 'dashboard:flush', '{Flush} open 1')"), "noeviction", 10, 1, Flush,
                    long.MaxValue, Cancel)),
        [nameof(IServerActor.ReadFlushAsync)] =
            async (server, host) => FaultOf(await server.ReadFlushAsync(await PrepareAsync(host), 1, Cancel)),
        [nameof(IServerActor.ChangeFlushAsync)] = async (server, host) =>
            FaultOf(
                await server.ChangeFlushAsync(
                    await PrepareAsync(host, Retained("open")), 1, Flush, FlushToken.Open, FlushToken.Purging, 0, Cancel)),
        [nameof(IServerActor.EndFlushAsync)] = async (server, host) =>
            FaultOf(
                await server.EndFlushAsync(
                    await PrepareAsync(host, Retained("open")) with { Database = 1 }, Flush, FlushToken.Open, Cancel)),
        [nameof(IServerActor.BringBackAsync)] = async (server, host) =>
            FaultOf(
                await server.BringBackAsync(
                    await PrepareAsync(host, Retained("restoring"), "allkeys-lru"), 1, Flush, ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.PurgeAsync)] = async (server, host) =>
            FaultOf(
                await server.PurgeAsync(
                    await PrepareAsync(host, Retained("purging"), "allkeys-lru"), 1, Flush, ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.ClearAsync)] = async (server, host) =>
            FaultOf(
                await server.ClearAsync(
                    await PrepareAsync(host, Retained("open")) with { Database = 1 }, "noeviction", $"{Flush} open", 10,
                    KeyPrefixRules.None, ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.RemoveAsync)] =
            async (server, host) =>
                FaultOf(
                    await server.RemoveAsync(
                        await PrepareAsync(host), "noeviction", "*", 10, KeyPrefixRules.None, ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.FindForeignAsync)] =
            async (server, host) =>
                FaultOf(await server.FindForeignAsync(await PrepareAsync(host), KeyPrefixRules.None, ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.ReclaimAsync)] =
            async (server, host) => FaultOf(await server.ReclaimAsync(await PrepareAsync(host), ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.ListChannelsAsync)] = async (server, _) => (await server.ListChannelsAsync("*", Cancel)).Fault,
        [nameof(IServerActor.CountSubscribersAsync)] = async (server, _) => (await server.CountSubscribersAsync(["x"], Cancel)).Fault,
        [nameof(IServerActor.CableProcessesAsync)] = async (server, _) => (await server.CableProcessesAsync(Cancel)).Fault,
        [nameof(IServerActor.DisconnectAsync)] = async (server, host) =>
            FaultOf(await server.DisconnectAsync(await PrepareAsync(host), ["app:action_cable/x"], reconnect: false, Cancel)),
        [nameof(IServerActor.ReadTokensAsync)] = async (server, host) =>
            FaultOf(await server.ReadTokensAsync(await PrepareAsync(host, Tokens), "token:*", Fields, true, ScanPage.Start, 100, Cancel)),
        [nameof(IServerActor.ReadTokenKeysAsync)] = async (server, host) =>
            FaultOf(await server.ReadTokenKeysAsync(await PrepareAsync(host, Tokens), [Key("token:h"), Key("token:l")], Fields, Cancel)),
        [nameof(IServerActor.DeleteAsync)] =
            async (server, host) => FaultOf(await server.DeleteAsync(await PrepareAsync(host, Tokens), [Key("token:a")], Cancel)),
        [nameof(IServerActor.DeleteUnchangedAsync)] = async (server, host) =>
            FaultOf(
                await server.DeleteUnchangedAsync(
                    await PrepareAsync(host, Tokens),
                    [
                        new(Key("token:a"), "string", 2) { Value = "42"u8.ToArray() },
                        new(Key("token:b"), "string", 1) { Value = "x"u8.ToArray() },
                        new(Key("token:h"), "hash", 1) { Value = "42"u8.ToArray() },
                    ], Fields, Cancel)),
        [nameof(IServerActor.GiveTtlAsync)] =
            async (server, host) => FaultOf(await server.GiveTtlAsync(await PrepareAsync(host, Tokens), [(Key("token:a"), 60)], Cancel)),
        // Without a set in the settings no rule grants it; IndexOfTokens_IsCleaned_WhereTheSettingsNameOne has one.
        [nameof(IServerActor.CleanIndexAsync)] = (_, _) => Task.FromResult<Fault?>(null),
        [nameof(IServerActor.ReplicatedAsync)] =
            async (server, _) => (await server.ReplicatedAsync(0, TimeSpan.FromMilliseconds(1), Cancel)).Fault,
        // No rule grants it: an older server would not start with it.
        [nameof(IServerActor.OnDiskAsync)] = (_, _) => Task.FromResult<Fault?>(null),
        [nameof(IServerActor.FlushAsync)] =
            async (server, host) => FaultOf(await server.FlushAsync(await PrepareAsync(host), "noeviction", 10, Cancel)),
    };

    /// <summary>Two tokens with a string, one of them changed since, one with a hash, and one with a string that is too large.</summary>
    private const string Tokens =
        "redis.call('SET', 'token:a', '42') redis.call('SET', 'token:b', '43') redis.call('HSET', 'token:h', 'user_id', '42') "
        + "redis.call('SET', 'token:l', string.rep('x', 5000))";

    private static TokenFields Fields => new("user_id", "");

    private static SecretKey Key(string name) => new(System.Text.Encoding.ASCII.GetBytes(name));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A script that leaves a flush of 100 s ago in database 1: a key that was used since, and one that was not.</summary>
    private static string Retained(string state) =>
        "redis.call('SELECT', 1) redis.call('SET', 'a', '1') redis.call('RESTORE', 'b', 0, redis.call('DUMP', 'a'), 'IDLETIME', 1000) "
            + $"redis.call('SET', 'dashboard:flush', '{Flush} {state} ' .. string.format('%.0f', (redis.call('TIME')[1] - 100) * 1000000))";

    public static TheoryData<Purpose, ConnectionRole> Connections =>
    [
        .. Purpose.All.SelectMany(purpose =>
            ConnectionRoles.Of(purpose).Select(role => new TheoryDataRow<Purpose, ConnectionRole>(purpose, role))),
    ];

    [Fact]
    public void Calls_AreComplete()
    {
        Assert.Equal(NamesOf(typeof(IConnectedServer)), Common.Keys.Order());
        Assert.Equal(NamesOf(typeof(IServerWatcher)), Watching.Keys.Order());
        Assert.Equal(NamesOf(typeof(IServerActor)), Acting.Keys.Order());

        static IEnumerable<string> NamesOf(Type calls) => calls.GetMethods().Select(call => call.Name).Order();
    }

    [Theory, MemberData(nameof(Connections))]
    internal async Task GeneratedRule_EveryDeclaredCall_Succeeds_AndTheAclLogStaysEmpty(Purpose purpose, ConnectionRole role)
    {
        await using var server = await TestServer.WithPasswordAsync("admins", AclRules.Line(purpose, role, Password));

        var faults = await CallAllAsync(server, purpose, role);

        Assert.All(faults, fault => Assert.Null(fault));
        Assert.Equal(0, (await server.CallAsync("ACL", "LOG")).Length);
    }

    [Theory, MemberData(nameof(Connections))]
    internal async Task GeneratedRule_WithoutAnyOneGrant_SomethingFails(Purpose purpose, ConnectionRole role)
    {
        await using var server = await TestServer.WithPasswordAsync("admins", AclRules.Line(purpose, role, Password));

        foreach (var grant in AclRules.Of(purpose, role).Split(' ').Where(word => word[0] is '+' or '~' or '&'))
        {
            await server.CallAsync(
                "ACL", ["SETUSER", AclRules.UserOf(role), "clearselectors", .. Without(grant, AclRules.Of(purpose, role))]);
            await server.CallAsync("ACL", "LOG", "RESET");

            var faults = await CallAllAsync(server, purpose, role);

            var refused = (await server.CallAsync("ACL", "LOG")).Length;
            Assert.True(
                faults.Any(fault => fault is not null) || refused > 0,
                $"{grant} is granted to {AclRules.UserOf(role)} of {purpose} and never needed");
        }
    }

    [Fact]
    public async Task IndexOfTokens_IsCleaned_WhereTheSettingsNameOne()
    {
        var patterns = KeyPatterns.Default with { OfIndexes = [new("user_tokens:*", "user_tokens:x")] };
        var rule = AclRules.Of(DeclaredCommands.Of(Purpose.Session, patterns, ConnectionRole.Act));
        await using var server = await TestServer.WithPasswordAsync(
            "admins", $"user {AclRules.UserOf(ConnectionRole.Act)} on >{Password} {rule}");
        await using var actor = (IServerActor)await OpenAsync(server, Purpose.Session, ConnectionRole.Act);
        await actor.InfoAsync(Cancel);
        var precondition = await PrepareAsync(
            server, "redis.call('SADD', 'user_tokens:1', 'a', 'b') redis.call('ZADD', 'user_tokens:2', 1, 'a', 2, 'b')");

        Assert.Equal(1, (await actor.CleanIndexAsync(precondition, "user_tokens:1"u8.ToArray(), ["a"u8.ToArray()], Cancel)).Value!.Value);
        Assert.Equal(1, (await actor.CleanIndexAsync(precondition, "user_tokens:2"u8.ToArray(), ["a"u8.ToArray()], Cancel)).Value!.Value);
        Assert.Equal(0, (await actor.CleanIndexAsync(precondition, "user_tokens:3"u8.ToArray(), ["a"u8.ToArray()], Cancel)).Value!.Value);
        Assert.Equal(0, (await server.CallAsync("ACL", "LOG")).Length);
    }

    [Theory, MemberData(nameof(Connections))]
    internal async Task GeneratedRule_LoadedByTheServer_ReadsBackAsItWasWritten(Purpose purpose, ConnectionRole role)
    {
        await using var server = await TestServer.WithPasswordAsync("admins", AclRules.Line(purpose, role, Password));

        var line =
            ((string[])(await server.CallAsync("ACL", "LIST"))!).Single(
                line => line.StartsWith($"user {AclRules.UserOf(role)} ", StringComparison.Ordinal));

        Assert.Equal(Grants(AclRules.Of(purpose, role)), Grants(line));
    }

    [Fact]
    public async Task DryRun_AThousandRefusals_LeaveNoRowInTheAclLog()
    {
        await using var server = await TestServer.WithPasswordAsync("admins", AclRules.Line(Purpose.Cache, ConnectionRole.Watch, Password));
        await using var watch = await OpenAsync(server, Purpose.Cache, ConnectionRole.Watch);
        await watch.InfoAsync(Cancel);

        for (var ask = 0; ask < 1_000; ask++)
        {
            Assert.Equal(DryRun.Refused, (await watch.MayRunAsync("dash-watch", ["GET", "x"], Cancel)).Value);
        }

        Assert.Equal(0, (await server.CallAsync("ACL", "LOG")).Length);
    }

    [Theory]
    [InlineData("GET token:1", DryRun.Allowed)]
    [InlineData("GET other:1", DryRun.OutOfScope)]
    [InlineData("PUBLISH live x", DryRun.Allowed)]
    [InlineData("PUBLISH other x", DryRun.OutOfScope)]
    [InlineData("DEL token:1", DryRun.Refused)]
    [InlineData("CONFIG GET save", DryRun.Refused)]
    internal async Task MayRun_DistinguishesACommandFromItsKeyAndItsChannel(string command, DryRun expected)
    {
        await using var server =
            await TestServer.WithPasswordAsync("admins", AclRules.Line(Purpose.Cache, ConnectionRole.Watch, Password), "user some on "
                + "nopass ~token:* &live -@all +get +publish");
        await using var watch = await OpenAsync(server, Purpose.Cache, ConnectionRole.Watch);
        await watch.InfoAsync(Cancel);

        Assert.Equal(expected, (await watch.MayRunAsync("some", command.Split(' '), Cancel)).Value);
    }

    [Fact]
    public async Task MayRun_CommandTheServerDoesNotKnow_IsAFault()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = WatchingConnection.Over(server);
        await watch.InfoAsync(Cancel);

        Assert.Equal(FaultKind.Other, (await watch.MayRunAsync("default", ["NO-SUCH-COMMAND"], Cancel)).Fault?.Kind);
    }

    private static async Task<List<Fault?>> CallAllAsync(TestServer server, Purpose purpose, ConnectionRole role)
    {
        await using var connection = await OpenAsync(server, purpose, role);
        var faults = new List<Fault?>();
        foreach (var call in CallsOf(connection, server, purpose))
        {
            faults.Add(await call());
        }

        return faults;
    }

    /// <summary>Puts a key into the database, and nothing into the spare one unless <paramref name="more"/> does.</summary>
    private static async Task<ServerPrecondition> PrepareAsync(TestServer server, string more = "", string policy = "noeviction")
    {
        await server.CallAsync("CONFIG", "SET", "maxmemory", "100mb");
        await server.CallAsync("CONFIG", "SET", "maxmemory-policy", policy);
        await server.CallAsync("EVAL", "redis.call('FLUSHALL') redis.call('SET', 'a', '1') " + more, "0");
        return await ActingConnection.GuardAsync(server);
    }

    /// <summary>The words of a rule without one; the end of a selector stays.</summary>
    private static IEnumerable<string> Without(string grant, string rule) =>
        rule.Split(' ').Select(word => word != grant ? word : word.EndsWith(')') ? ")" : "").Where(word => word.Length > 0);

    /// <summary>A condition that did not hold would leave a grant unused.</summary>
    private static Fault? FaultOf<T>(Reply<PreconditionResult<T>> reply)
    {
        Assert.True(reply.Fault is not null || reply.Value!.Failed is null, $"{reply.Value?.Failed}");
        return reply.Fault;
    }

    /// <summary>The calls that this connection can make on a server of this purpose.</summary>
    private static IEnumerable<Func<Task<Fault?>>> CallsOf(IConnectedServer connection, TestServer server, Purpose purpose)
    {
        var common = Common.Where(call => IsDeclared(typeof(IConnectedServer), call.Key, purpose))
            .Select(call => (Func<Task<Fault?>>)(() => call.Value(connection)));
        return common.Concat(connection switch
        {
            IServerWatcher watcher =>
                Watching.Where(call => IsDeclared(typeof(IServerWatcher), call.Key, purpose))
                    .Select(call => (Func<Task<Fault?>>)(() => call.Value(watcher))),
            IServerActor actor =>
                Acting.Where(call => IsDeclared(typeof(IServerActor), call.Key, purpose))
                    .Select(call => (Func<Task<Fault?>>)(() => call.Value(actor, server))),
            IServerBackplane => [() => CarryAsync(server)],
            _ => throw new ArgumentOutOfRangeException(nameof(connection)),
        });
    }

    /// <summary>What the client library sends for the backplane: it subscribes, publishes and unsubscribes.</summary>
    private static async Task<Fault?> CarryAsync(TestServer server)
    {
        var credential = new Credential(
            AclRules.UserOf(ConnectionRole.Backplane), await server.PasswordFileAsync(Password + "\n"));
        await using var connector = new BackplaneConnector(
            server.Instance(Purpose.Cable) with { Backplane = credential }, TimeProvider.System);
        var opened = await connector.OpenAsync(IServerBackplane.Prefix, "test");
        if (opened.Value is not { } connection)
        {
            return opened.Fault;
        }

        await using var closed = connection;
        var (subscriber, channel) = (connection.Library.GetSubscriber(), RedisChannel.Literal("test"));
        try
        {
            await subscriber.PublishAsync(channel, "hint");
            await subscriber.UnsubscribeAsync(channel);
            return null;
        }
        catch (RedisException)
        {
            return new(FaultKind.NoPerm);
        }
    }

    private static bool IsDeclared(Type calls, string call, Purpose purpose) =>
        calls.GetMethod(call)!.GetCustomAttributes<UsesCommandAttribute>()
        .Any(sends => !sends.UnnamedUserOnly && purpose.Profile.Includes(sends.For));

    private static async Task<IConnectedServer> OpenAsync(TestServer server, Purpose purpose, ConnectionRole role)
    {
        var credential = new Credential(AclRules.UserOf(role), await server.PasswordFileAsync(Password + "\n"));
        var instance = server.Instance(purpose) with { Watch = credential, Act = credential, Backplane = credential };
        return new ValkeyServers(TimeProvider.System).For(role, instance, WatchingConnection.Timeout);
    }

    /// <summary>Servers put the words of a rule into their own order.</summary>
    /// <summary>The words of a rule, in order. A server writes the words of a selector in an order of its own.</summary>
    private static string Grants(string rule) =>
        string.Join(
            ' ',
            rule.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] is '+' or '-' or '~' or '&')
                .Order(StringComparer.Ordinal));
}
