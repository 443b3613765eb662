using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey;

/// <summary>
/// The calls that find and cut sockets, on a real server. No name of a channel gets into a fault: it may hold a session id.
/// </summary>
[Trait("Needs", "Server")]
public sealed class SocketCallsTests
{
    private const string Secret = "app:action_cable/canary-5e7d";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disconnect_ReachesTheSubscribersOfEachChannel_AndWritesNothing()
    {
        await using var server = await TestServer.StartAsync("appendonly yes");
        using var one = await Subscribers.JoinAsync(server, "action_cable/a", "action_cable/b");
        using var two = await Subscribers.JoinAsync(server, "action_cable/c");
        await using var act = await ActingConnection.OverAsync(server, Purpose.Cable);
        string[] channels = ["action_cable/b", "action_cable/none", "action_cable/c", "action_cable/a"];
        var written = await server.InfoAsync("aof_current_size");

        var reached = await act.DisconnectAsync(await ActingConnection.GuardAsync(server), channels, reconnect: true, Cancel);
        var counted = await act.CountSubscribersAsync(channels, Cancel);

        Assert.Equal([1, 0, 1, 1], reached.Value!.Value!);
        Assert.Equal([1, 0, 1, 1], counted.Value!);
        Assert.Equal(written, await server.InfoAsync("aof_current_size"));
        Assert.Equal("0", await server.InfoAsync("rdb_changes_since_last_save"));
    }

    [Fact]
    public async Task Disconnect_ConditionDoesNotHold_TellsNobody()
    {
        await using var server = await TestServer.StartAsync();
        await using var act = await ActingConnection.OverAsync(server, Purpose.Cable);
        var precondition = await ActingConnection.GuardAsync(server);

        var stranger =
            await act.DisconnectAsync(precondition with { RunId = new string('0', 40) }, ["action_cable/a"], false, Cancel);

        Assert.Equal(new("run_id", precondition.RunId), stranger.Value!.Failed);
    }

    /// <summary>A script that may publish is refused on a replica, and one that replicas may run would still check the role.</summary>
    [Fact]
    public async Task Disconnect_OnAReplica_IsRefused()
    {
        await using var primary = await TestServer.StartAsync("repl-diskless-sync-delay 0");
        await using var replica = await TestServer.StartAsync($"replicaof 127.0.0.1 {primary.Port}");
        await Eventually.Async(() => replica.InfoAsync("master_link_status"), status => status == "up");
        await using var act = await ActingConnection.OverAsync(replica, Purpose.Cable);
        var precondition = await ActingConnection.GuardAsync(replica);

        Assert.Equal(FaultKind.ReadOnly, (await act.DisconnectAsync(precondition, ["action_cable/a"], false, Cancel)).Fault?.Kind);
        await replica.CallAsync("CONFIG", "SET", "replica-read-only", "no");
        Assert.Equal(new("role", "slave"), (await act.DisconnectAsync(precondition, ["action_cable/a"], false, Cancel)).Value!.Failed);
    }

    [Theory]
    [InlineData("+eval +info +publish +pubsub")] // no channel
    [InlineData("&*action_cable/* +eval +info +pubsub")] // no PUBLISH
    [InlineData("&*action_cable/* +info +publish")] // neither EVAL nor PUBSUB
    public async Task RightIsMissing_TheFaultNamesNoChannel(string rights)
    {
        await using var server = await TestServer.StartAsync(
            $"user some on >{nameof(SocketCallsTests)} resetchannels -@all +echo +client|setname +client|id {rights}");
        var instance = server.Instance(Purpose.Cable) with { Act = new("some", await server.PasswordFileAsync(nameof(SocketCallsTests))) };
        await using var act = new ValkeyServers(TimeProvider.System).Actor(instance, WatchingConnection.Timeout);
        await act.InfoAsync(Cancel);

        Fault?[] faults =
        [
            (await act.DisconnectAsync(await ActingConnection.GuardAsync(server), [Secret], false, Cancel)).Fault,
            (await act.CountSubscribersAsync([Secret], Cancel)).Fault,
            (await act.ListChannelsAsync(Secret, Cancel)).Fault,
        ];

        Assert.Equal(FaultKind.NoPerm, faults[0]!.Kind);
        Assert.All(faults, fault => Assert.DoesNotContain("canary", $"{fault}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CommandsAreRenamed_TheFaultsNameNoChannel()
    {
        await using var server = await TestServer.StartAsync("rename-command PUBSUB \"\"", "rename-command EVAL \"\"");
        await using var act = await ActingConnection.OverAsync(server, Purpose.Cable);

        Fault?[] faults =
        [
            (await act.DisconnectAsync(await ActingConnection.GuardAsync(server), [Secret], false, Cancel)).Fault,
            (await act.CountSubscribersAsync([Secret], Cancel)).Fault,
            (await act.ListChannelsAsync(Secret, Cancel)).Fault,
        ];

        Assert.All(faults, fault => Assert.Equal(FaultKind.Other, fault?.Kind));
        Assert.All(faults, fault => Assert.DoesNotContain("canary", $"{fault}", StringComparison.Ordinal));
    }

    /// <summary>The pattern of a test is the server's own: a caller escapes what it takes literally.</summary>
    [Fact]
    public async Task ListChannels_ReturnsThoseThatMatch()
    {
        await using var server = await TestServer.StartAsync();
        using var joined = await Subscribers.JoinAsync(server, "a*:action_cable/1", "ab:action_cable/1", "a*:action_cable/2", "a*:other");
        await using var act = await ActingConnection.OverAsync(server, Purpose.Cable);

        Assert.Equal(["a*:action_cable/1"], (await act.ListChannelsAsync(@"a\*:action_cable/*1*", Cancel)).Value!);
        Assert.Equal(3, (await act.ListChannelsAsync("*action_cable/*", Cancel)).Value!.Length);
        Assert.Empty((await act.ListChannelsAsync("none", Cancel)).Value!);
    }

    [Fact]
    public async Task CableProcesses_AreReadFromTheNamesOfTheirConnections()
    {
        await using var server = await TestServer.StartAsync();
        await using var act = await ActingConnection.OverAsync(server, Purpose.Cable);
        Assert.Empty((await act.CableProcessesAsync(Cancel)).Value!);
        using var publishes = await Subscribers.NamedAsync(server, "ActionCable-PID-11");
        using var listens = await Subscribers.NamedAsync(server, "ActionCable-PID-11", "_action_cable_internal");
        using var silent = await Subscribers.NamedAsync(server, "ActionCable-PID-12");
        using var stranger = await Subscribers.NamedAsync(server, "ActionCable-PID-x");

        var processes = await Eventually.Async(
            () => act.CableProcessesAsync(Cancel), reply => reply.Value is [_, _] two && two.Any(one => one.Listens));

        Assert.Equal(
            [new CableProcess("127.0.0.1", 11, true), new CableProcess("127.0.0.1", 12, false)],
            processes.Value!.OrderBy(process => process.Pid));
    }
}
