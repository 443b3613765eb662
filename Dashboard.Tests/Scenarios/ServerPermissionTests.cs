using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>A named user with few rights.</summary>
[Trait("Needs", "Server")]
public sealed class ServerPermissionTests
{
    private const string Monitoring =
        "-@all +ping +echo +hello +select +client|setname +client|id +client|getname +client|list +client|info +info +dbsize +role "
            + "+slowlog|get +slowlog|len "
        + "+latency|latest +latency|history +latency|histogram +pubsub|channels +pubsub|numsub +pubsub|numpat +memory|stats +acl|whoami";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watching_AsTheMonitoringUser_LeavesNoTraceInTheAclLog()
    {
        await using var server = await WithUserAsync(Monitoring);
        await using var watch = await OverAsync(server);

        var first = await watch.InfoAsync(Cancel);
        var second = await watch.InfoAsync(Cancel);
        var subscribers = await watch.SubscribersAsync("channel", Cancel);
        var channels = await watch.CountChannelsAsync("*", Cancel);
        var config = await watch.ConfigAsync("save", Cancel);

        Assert.Null(first.Fault);
        Assert.Null(second.Fault);
        Assert.Equal(0, subscribers.Value);
        Assert.Equal(0, channels.Value);
        Assert.Equal(FaultKind.NoPerm, config.Fault?.Kind);
        Assert.Equal(0, (await server.CallAsync("ACL", "LOG")).Length);
        Assert.Equal("1", await Footprint.ConnectionsAsync(server));
    }

    [Fact]
    public async Task InfoAsync_NotAllowed_IsNoPermAndRecoversWithTheRule()
    {
        await using var server = await WithUserAsync("-@all +ping +echo +client|setname");
        await using var watch = await OverAsync(server);

        var refused = await watch.InfoAsync(Cancel);
        await server.CallAsync("ACL", "SETUSER", "watch", "+info");
        var allowed = await watch.InfoAsync(Cancel);

        Assert.Equal(FaultKind.NoPerm, refused.Fault?.Kind);
        Assert.Contains("'info'", refused.Fault!.Detail, StringComparison.Ordinal);
        Assert.Null(allowed.Fault);
    }

    [Fact]
    public async Task InfoAsync_RightRevoked_IsNoPermOnTheSameConnection()
    {
        await using var server = await WithUserAsync(Monitoring);
        await using var watch = await OverAsync(server);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        await server.CallAsync("ACL", "SETUSER", "watch", "-info");
        var refused = await watch.InfoAsync(Cancel);
        await server.CallAsync("ACL", "SETUSER", "watch", "+info");

        Assert.Equal(FaultKind.NoPerm, refused.Fault?.Kind);
        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
        Assert.Equal("1", await Footprint.ConnectionsAsync(server));
    }

    [Fact]
    public async Task SubscribersAsync_NotAllowed_IsNoPermAndPollingContinues()
    {
        await using var server = await WithUserAsync(Monitoring + " -pubsub");
        await using var watch = await OverAsync(server);
        await watch.InfoAsync(Cancel);

        var subscribers = await watch.SubscribersAsync("channel", Cancel);

        Assert.Equal(FaultKind.NoPerm, subscribers.Fault?.Kind);
        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
    }

    [Fact]
    public async Task ConfigAsync_CommandRenamedAway_IsAFaultAndPollingContinues()
    {
        await using var server = await TestServer.StartAsync("rename-command CONFIG \"\"");
        await using var watch = WatchingConnection.Over(server);
        await watch.InfoAsync(Cancel);

        var config = await watch.ConfigAsync("save", Cancel);

        Assert.Equal(FaultKind.Other, config.Fault?.Kind);
        Assert.StartsWith("ERR unknown command 'CONFIG'", config.Fault!.Detail, StringComparison.Ordinal);
        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
    }

    [Fact]
    public async Task InfoAsync_UserWithoutRightsForTheGreeting_AnswersAndIsSeldomGreeted()
    {
        await using var server = await WithUserAsync("-@all +info");
        var time = new FakeTimeProvider();
        await using var watch =
            new ServerWatcher(
                server.Instance(passwordFile: await server.PasswordFileAsync("watchers\n"), user: "watch"), WatchingConnection.Timeout,
                time);

        for (var second = 0; second < 60; second++)
        {
            Assert.Null((await watch.InfoAsync(Cancel)).Fault);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var echoes =
            (await Footprint.LinesAsync(server, "INFO", "commandstats")).Single(
                line => line.StartsWith("cmdstat_echo:", StringComparison.Ordinal));
        Assert.Contains("rejected_calls=3", echoes, StringComparison.Ordinal);
    }

    private static async Task<TestServer> WithUserAsync(string rights)
    {
        var server = await TestServer.WithPasswordAsync("admins");
        await server.CallAsync("ACL", ["SETUSER", "watch", "on", ">watchers", .. rights.Split(' ')]);
        return server;
    }

    private static async Task<IServerWatcher> OverAsync(TestServer server) =>
        WatchingConnection.Over(server.Instance(Purpose.Cable, await server.PasswordFileAsync("watchers\n"), user: "watch"));
}
