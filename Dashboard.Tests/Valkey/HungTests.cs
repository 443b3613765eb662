using Dashboard.Info;
using Dashboard.Servers;

namespace Dashboard.Valkey;

/// <summary>A server that stops, goes and comes back.</summary>
[Trait("Needs", "Server")]
public sealed class HungTests
{
    /// <summary>Timers may fire a tick early.</summary>
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InfoAsync_StoppedWhileConnected_IsHungAndComesBack()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = Watch.Over(server.Instance(), Allowed);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        server.Stop();
        var connected = await Timed<Reply<string>>.Async(() => watch.InfoAsync(Cancel));
        var probing = await Timed<Reply<string>>.Async(() => watch.InfoAsync(Cancel));
        var slow = await Timed<Reply<long>>.Async(() => watch.SubscribersAsync("channel", Cancel));
        server.Continue();

        Assert.All([connected, probing], poll => Assert.Equal(FaultKind.Hung, poll.Value.Fault?.Kind));
        Assert.All([connected.Took, probing.Took], took => Assert.InRange(took, Allowed - TimerSlack, Bound));
        Assert.Equal(FaultKind.Hung, slow.Value.Fault?.Kind);
        Assert.InRange(slow.Took, TimeSpan.Zero, Bound);
        await AnswersAsync(watch);
    }

    [Fact]
    public async Task InfoAsync_KilledAndStartedAgain_IsRefusedThenAnswersAsAnotherRun()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = Watch.Over(server);
        var before = await RunIdAsync(watch);

        await server.KillAsync();
        var down = await Timed<Reply<string>>.Async(() => watch.InfoAsync(Cancel));
        await server.RestartAsync();
        var after = await Timed<string?>.Async(() => RunIdAsync(watch));

        Assert.Equal(FaultKind.Refused, down.Value.Fault?.Kind);
        Assert.InRange(down.Took, TimeSpan.Zero, Bound);
        Assert.NotEqual(before, after.Value);
        Assert.NotNull(after.Value);
        Assert.InRange(after.Took, TimeSpan.Zero, Bound);
    }

    [Fact]
    public async Task InfoAsync_OurConnectionIsKilled_NoPollFails()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = Watch.Over(server);
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
    public async Task InfoAsync_NetworkSwallowsEverything_IsHungAndComesBack()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = Watch.Over(Through(server, proxy), Allowed);
        await watch.InfoAsync(Cancel);

        proxy.Blackhole = true;
        var lost = await Timed<Reply<string>>.Async(() => watch.InfoAsync(Cancel));
        proxy.Blackhole = false;

        Assert.Equal(FaultKind.Hung, lost.Value.Fault?.Kind);
        Assert.InRange(lost.Took, Allowed - TimerSlack, Bound);
        await AnswersAsync(watch);
    }

    [Fact]
    public async Task InfoAsync_SlowNetwork_AnswersInItsOwnTime()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = Watch.Over(Through(server, proxy));
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        proxy.Delay = TimeSpan.FromMilliseconds(200);
        var slow = await Timed<Reply<string>>.Async(() => watch.InfoAsync(Cancel));

        Assert.Null(slow.Value.Fault);
        Assert.InRange(slow.Took, TimeSpan.FromMilliseconds(380), Bound);
        Assert.Equal(1, proxy.Connections);
    }

    [Fact]
    public async Task InfoAsync_FirstOverASlowNetwork_DoesNotCountConnectingAsRoundTrip()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port) { Delay = TimeSpan.FromMilliseconds(150) };
        await using var watch = Watch.Over(Through(server, proxy));

        var first = await Timed<Reply<string>>.Async(() => watch.InfoAsync(Cancel));

        Assert.Null(first.Value.Fault);
        Assert.InRange(first.Value.Took!.Value, TimeSpan.FromMilliseconds(280), first.Took - TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task InfoAsync_HungForManyPolls_WaitsOnOneConnectionAndComesBack()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = Watch.Over(Through(server, proxy), TimeSpan.FromMilliseconds(200));
        await watch.InfoAsync(Cancel);

        server.Stop();
        for (var poll = 0; poll < 10; poll++)
        {
            Assert.Equal(FaultKind.Hung, (await watch.InfoAsync(Cancel)).Fault?.Kind);
        }

        server.Continue();
        await AnswersAsync(watch);

        Assert.Equal(2, proxy.Connections);
    }

    [Fact]
    public async Task InfoAsync_ServerSlowerThanAPollButNotThanSeveral_AnswersInTheEnd()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port) { Delay = TimeSpan.FromMilliseconds(100) };
        await using var watch = Watch.Over(Through(server, proxy), TimeSpan.FromMilliseconds(300));

        var first = await watch.InfoAsync(Cancel);

        Assert.Equal(FaultKind.Hung, first.Fault?.Kind);
        await Eventually.Async(() => RunIdAsync(watch), run => run is not null);
    }

    [Fact]
    public async Task DisposeAsync_WhileHung_GivesUpAtOnce()
    {
        await using var server = await TestServer.StartAsync();
        server.Stop();
        var watch = Watch.Over(server.Instance(), TimeSpan.FromMilliseconds(100));
        await watch.InfoAsync(Cancel);

        var disposed = await Timed<bool>.Async(async () =>
        {
            await watch.DisposeAsync();
            return true;
        });

        Assert.InRange(disposed.Took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task InfoAsync_NetworkCut_NoPollFails()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        await using var watch = Watch.Over(Through(server, proxy));
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        proxy.Cut();

        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
    }

    private static Instances.Instance Through(TestServer server, TcpProxy proxy) =>
        server.Instance() with { Address = server.Instance().Address with { Port = proxy.Port } };

    private static Task<string?> AnswersAsync(IValkeyServer watch) => Eventually.Async(() => RunIdAsync(watch), run => run is not null);

    private static async Task<string?> RunIdAsync(IValkeyServer watch) =>
        (await watch.InfoAsync(Cancel)).Value is { } info ? InfoReply.Parse(info).Text("run_id") : null;
}
