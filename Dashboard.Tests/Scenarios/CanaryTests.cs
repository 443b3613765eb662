using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// The client library's exceptions name the failed command with its key, and servers repeat arguments. No key, channel or password ever
/// reaches a fault, which is shown, or a line of the log.
/// </summary>
[Trait("Needs", "Server")]
public sealed class CanaryTests
{
    private const string Canary = "canary-0b5e7d";
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => Eventually.Cancel;

    [Fact]
    public async Task ServerStopsDuringAQuery_TheFaultHidesItsArguments()
    {
        await using var server = await TestServer.StartAsync();
        await AssertSilentAsync(server, server.Stop, FaultKind.Hung);
        server.Continue();
    }

    [Fact]
    public async Task ServerDiesDuringAQuery_TheFaultHidesItsArguments()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = await OpenAsync(server.Instance(Purpose.Cable));
        server.Stop();

        var asked = watch.SubscribersAsync(Canary, Cancel);
        await server.KillAsync();

        AssertSilent((await asked).Fault);
    }

    [Fact]
    public async Task NetworkIsCutDuringAQuery_TheFaultHidesItsArguments()
    {
        await using var server = await TestServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        var instance = server.Instance(Purpose.Cable);
        await using var watch = await OpenAsync(instance with { Address = instance.Address with { Port = proxy.Port } });
        proxy.Blackhole = true;

        var asked = watch.SubscribersAsync(Canary, Cancel);
        proxy.Cut();

        AssertSilent((await asked).Fault);
    }

    [Fact]
    public async Task CommandTheServerDoesNotKnow_IsReportedWithoutItsArguments()
    {
        await using var server = await TestServer.StartAsync("rename-command PUBSUB \"\"", "rename-command ACL \"\"");

        var faults = await AssertSilentAsync(server, () => { }, FaultKind.Other);

        Assert.All(faults, fault => Assert.StartsWith("ERR unknown command", fault.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CommandTheUserMayNotRun_IsReportedWithoutItsArguments()
    {
        await using var server = await TestServer.WithPasswordAsync(Canary, "user watch on >" + Canary + " -@all +info +echo "
            + "+client|setname");
        await using var watch = await OpenAsync(server.Instance(Purpose.Cable, await server.PasswordFileAsync(Canary), "watch"));

        Assert.All(await AskAllAsync(watch), fault =>
        {
            Assert.Equal(FaultKind.NoPerm, fault?.Kind);
            AssertSilent(fault);
        });
    }

    /// <summary>The arguments of AUTH include the password, and a server that does not know the command repeats them.</summary>
    [Theory]
    [InlineData("rename-command AUTH \"\"")]
    [InlineData("requirepass another")]
    [InlineData("maxmemory 0")] // no password configured at all
    public async Task PasswordRefused_NeitherTheFaultNorTheLogShowsIt(string line)
    {
        await using var server = await TestServer.StartAsync(line);
        var instance = server.Instance(Purpose.Cable, await server.PasswordFileAsync(Canary)) with { Id = InstanceId.Of("cable") };
        await using var watch = WatchingConnection.Over(instance, _time, Allowed);
        var settings = new MonitoringSettings([instance], TimeSpan.FromSeconds(1), Allowed, "test");
        var (log, fleetLog) = (new LogLines<Poller>(), new LogLines<Fleet>());
        var fleet = new Fleet(settings, fleetLog);

        await new Poller(instance, watch, fleet, settings, _time, log).PollAsync(Cancel);

        AssertSilent((await watch.InfoAsync(Cancel)).Fault);
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines.Concat(fleetLog.Lines), said => Assert.DoesNotContain(Canary, said, StringComparison.Ordinal));
    }

    private async Task<List<Fault>> AssertSilentAsync(TestServer server, Action spoil, FaultKind kind)
    {
        List<Fault> faults = [];
        for (var call = 0; call < Calls; call++)
        {
            await using var watch = await OpenAsync(server.Instance(Purpose.Cable));
            spoil();
            faults.Add(
                (await (kind is FaultKind.Hung
                    ? Deadline.EndsAsync(_time, Allowed, () => AskAsync(watch, call))
                    : AskAsync(watch, call)))!);
            server.Continue();
        }

        Assert.All(faults, fault => Assert.Equal(kind, fault.Kind));
        Assert.All(faults, AssertSilent);
        return faults;
    }

    private const int Calls = 3;

    private static async Task<Fault?[]> AskAllAsync(IServerWatcher watch) =>
        [await AskAsync(watch, 0), await AskAsync(watch, 1), await AskAsync(watch, 2)];

    private static async Task<Fault?> AskAsync(IServerWatcher watch, int call) => call switch
    {
        0 => (await watch.SubscribersAsync(Canary, Cancel)).Fault,
        1 => (await watch.CountChannelsAsync(Canary, Cancel)).Fault,
        _ => (await watch.MayRunAsync("default", ["GET", Canary], Cancel)).Fault,
    };

    private async Task<IServerWatcher> OpenAsync(Instance instance)
    {
        var watch = WatchingConnection.Over(instance, _time, Allowed);
        await watch.InfoAsync(Cancel);
        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
        return watch;
    }

    private static void AssertSilent(Fault? fault) =>
        Assert.DoesNotContain(Canary, Assert.IsType<Fault>(fault).ToString(), StringComparison.Ordinal);
}
