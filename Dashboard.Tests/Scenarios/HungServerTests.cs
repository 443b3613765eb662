using Dashboard.Info;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>A server that hangs, dies and comes back.</summary>
[Trait("Needs", "Server")]
public sealed class HungServerTests
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => Eventually.Cancel;

    [Fact]
    public async Task InfoAsync_StoppedWhileConnected_IsHungAndComesBack()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = WatchingConnection.Over(server.Instance(), _time, Allowed);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        server.Stop();
        var connected = await Deadline.EndsAsync(_time, Allowed, () => watch.InfoAsync(Cancel));
        await Deadline.FailsAsync(_time, Allowed, watch, FaultKind.Hung);
        var slow = await watch.SubscribersAsync("channel", Cancel);
        server.Continue();

        Assert.All([connected.Fault, slow.Fault], fault => Assert.Equal(FaultKind.Hung, fault?.Kind));
        await AnswersAsync(watch);
    }

    [Fact]
    public async Task InfoAsync_KilledAndStartedAgain_IsRefusedThenAnswersAsAnotherRun()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = WatchingConnection.Over(server, _time);
        var before = await RunIdAsync(watch);

        await server.KillAsync();
        var down = await watch.InfoAsync(Cancel);
        await server.RestartAsync();
        var after = await RunIdAsync(watch);

        Assert.Equal(FaultKind.Refused, down.Fault?.Kind);
        Assert.NotEqual(before, after);
        Assert.NotNull(after);
    }

    [Fact]
    public async Task InfoAsync_OurConnectionIsKilled_NoPollFails()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = WatchingConnection.Over(server);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        for (var time = 0; time < 5; time++)
        {
            await server.CallAsync("CLIENT", "KILL", "TYPE", "normal");
            Assert.Null((await watch.InfoAsync(Cancel)).Fault);
            Assert.Null((await watch.InfoAsync(Cancel)).Fault);
        }

        Assert.Equal("1", await Footprint.ConnectionsAsync(server));
    }

    [Fact]
    public async Task InfoAsync_NetworkDropsEverything_IsHungAndComesBack()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = WatchingConnection.Over(Through(server, proxy), _time, Allowed);
        await watch.InfoAsync(Cancel);

        proxy.Blackhole = true;
        var lost = await Deadline.EndsAsync(_time, Allowed, () => watch.InfoAsync(Cancel));
        proxy.Blackhole = false;

        Assert.Equal(FaultKind.Hung, lost.Fault?.Kind);
        await AnswersAsync(watch);
    }

    [Fact]
    public async Task InfoAsync_SlowNetwork_AnswersAndReportsTheDelay()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = WatchingConnection.Over(Through(server, proxy));
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        proxy.Delay = TimeSpan.FromMilliseconds(200);
        var slow = await watch.InfoAsync(Cancel);

        Assert.Null(slow.Fault);
        Assert.True(slow.Took >= TimeSpan.FromMilliseconds(380), $"{slow.Took}");
        Assert.Equal(1, proxy.Connections);
    }

    [Fact]
    public async Task InfoAsync_FirstOverASlowNetwork_DoesNotCountConnectingAsRoundTrip()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port) { Delay = TimeSpan.FromMilliseconds(150) };
        await using var watch = WatchingConnection.Over(Through(server, proxy));

        var began = TimeProvider.System.GetTimestamp();
        var first = await watch.InfoAsync(Cancel);
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.Null(first.Fault);
        Assert.InRange(first.Took!.Value, TimeSpan.FromMilliseconds(280), took - TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task InfoAsync_HungForManyPolls_WaitsOnOneConnectionAndComesBack()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        var allowed = TimeSpan.FromMilliseconds(200);
        await using var watch = WatchingConnection.Over(Through(server, proxy), _time, allowed);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        server.Stop();
        var connected = await Deadline.EndsAsync(_time, allowed, () => watch.InfoAsync(Cancel));
        Assert.Equal(FaultKind.Hung, connected.Fault?.Kind);
        var connecting = watch.InfoAsync(Cancel);
        await Eventually.Async(() => Task.FromResult(proxy.Connections == 2));
        _time.Advance(allowed);
        await connecting;
        for (var poll = 0; poll < 10; poll++)
        {
            await Deadline.EndsAsync(_time, allowed, () => watch.InfoAsync(Cancel));
        }

        server.Continue();
        await AnswersAsync(watch);

        Assert.Equal(2, proxy.Connections);
    }

    [Fact]
    public async Task InfoAsync_ServerSlowerThanAPollButNotThanSeveral_AnswersInTheEnd()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = WatchingConnection.Over(Through(server, proxy), _time, Allowed);
        server.Stop();

        var first = watch.InfoAsync(Cancel);
        await Eventually.Async(() => Task.FromResult(proxy.Connections == 1));
        _time.Advance(Allowed);
        var second = watch.InfoAsync(Cancel);
        server.Continue();

        Assert.NotNull((await first).Fault);
        Assert.Null((await second).Fault);
        Assert.Equal(1, proxy.Connections);
    }

    /// <summary>PollTimeout exceeds the 5 s that an attempt to connect gets at least.</summary>
    [Fact]
    public async Task InfoAsync_ConnectsAfterTenSeconds_AnswersWhereThatMuchIsAllowed()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = WatchingConnection.Over(Through(server, proxy), _time, TimeSpan.FromSeconds(20));
        server.Stop();

        var asked = watch.InfoAsync(Cancel);
        await Eventually.Async(() => Task.FromResult(proxy.Connections == 1));
        _time.Advance(TimeSpan.FromSeconds(10));
        server.Continue();

        Assert.Null((await asked).Fault);
    }

    [Fact]
    public async Task DisposeAsync_WhileHung_WaitsForNoDeadline()
    {
        await using var server = await TestServer.StartAsync();
        server.Stop();
        var watch = WatchingConnection.Over(server.Instance(), _time, Allowed);
        await Deadline.FailsAsync(_time, Allowed, watch, FaultKind.Hung);

        await watch.DisposeAsync().AsTask().WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task InfoAsync_NetworkCut_NoPollFails()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = WatchingConnection.Over(Through(server, proxy));
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        proxy.Cut();

        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
    }

    private static Instances.Instance Through(TestServer server, TcpProxy proxy) =>
        server.Instance() with { Address = server.Instance().Address with { Port = proxy.Port } };

    private static Task<string?> AnswersAsync(IServerWatcher watch) => Eventually.Async(() => RunIdAsync(watch), run => run is not null);

    private static async Task<string?> RunIdAsync(IServerWatcher watch) =>
        (await watch.InfoAsync(Cancel)).Value is { } info ? InfoReply.Parse(info).Text("run_id") : null;
}
