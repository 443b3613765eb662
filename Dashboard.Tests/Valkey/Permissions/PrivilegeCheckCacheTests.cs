using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Scenarios;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Valkey.Permissions;

/// <summary>The privilege check on real servers: what it reports, and that it leaves no trace.</summary>
[Trait("Needs", "Server")]
public sealed class PrivilegeCheckCacheTests
{
    private const string Password = "privileges-1";

    private static CancellationToken Cancel => Eventually.Cancel;

    [Theory]
    [InlineData("cache", ConnectionRole.Watch)]
    [InlineData("cable", ConnectionRole.Watch)]
    [InlineData("session", ConnectionRole.Act)]
    internal async Task GeneratedUser_HasExactlyWhatItNeeds_AndTheCheckLeavesNoTrace(Purpose purpose, ConnectionRole role)
    {
        await using var server = await TestServer.WithPasswordAsync("admins", AclRules.Line(purpose, role, Password));

        var report =
            Assert.IsType<PrivilegeReport.Verified>(
                await (await CacheAsync(server, purpose, role)).ReportAsync("run", insist: false).WaitAsync(Cancel));

        Assert.Equal(AclRules.UserOf(role), report.User);
        Assert.Equal("", string.Join(", ", report.Missing.Concat(report.Excess.Select(danger => danger.Name))));
        Assert.Equal(0, await LogAsync(server));
        await Eventually.Async(() => Footprint.ConnectionsAsync(server), count => count == "0");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("secret-2")]
    public async Task DefaultUser_CanDoEverything(string? password)
    {
        await using var server = password is null ? await TestServer.StartAsync() : await TestServer.WithPasswordAsync(password);
        var instance = server.Instance(Purpose.Session, password is null ? null : await server.PasswordFileAsync(password));

        var report =
            Assert.IsType<PrivilegeReport.Verified>(
                await CacheOf(instance, ConnectionRole.Watch).ReportAsync("run", insist: false).WaitAsync(Cancel));

        Assert.True(report.Everything);
        Assert.Equal("default", report.User);
        Assert.Contains(report.Excess, danger => danger.Name == "CONFIG SET");
        // Without separate users, acting uses the same one: what it sends is no excess.
        Assert.Equal(["UNLINK", "EXPIRE", "EVAL", "GET", "SCAN"], DangerousCommands.All.Except(report.Excess).Select(danger => danger.Name));
    }

    /// <summary>
    /// Both servers know every command on the list and refuse it to a user without it; a misspelt command would never be found.
    /// </summary>
    [Fact]
    public async Task EachDanger_GrantedAlone_IsTheOnlyOneNamed()
    {
        await using var server = await TestServer.WithPasswordAsync("admins", AclRules.Line(Purpose.Cache, ConnectionRole.Watch, Password));
        var cache = await CacheAsync(server, Purpose.Cache, ConnectionRole.Watch);

        foreach (var danger in DangerousCommands.All)
        {
            await server.CallAsync(
                "ACL",
                ["SETUSER", "dash-watch", .. AclRules.Of(Purpose.Cache, ConnectionRole.Watch).Split(' '), $"+{danger.Command.Grant}"]);

            var report = Assert.IsType<PrivilegeReport.Verified>(await cache.ReportAsync("run", insist: false).WaitAsync(Cancel));

            Assert.Equal([danger.Name], report.Excess.Select(excess => excess.Name));
        }
    }

    [Fact]
    public async Task SuggestedLines_FixTheUser()
    {
        await using var server = await TestServer.WithPasswordAsync("admins", "user dash-watch on >" + Password + " +@all -echo -pubsub "
            + "~* &* (+set ~*)");
        var required = new RequiredPrivileges(await InstanceAsync(server, Purpose.Cable), ConnectionRole.Watch);
        var cache = await CacheAsync(server, Purpose.Cable, ConnectionRole.Watch);
        await server.CallAsync("ACL", ["SETUSER", "dash-watch", "+echo"]);
        var report = Assert.IsType<PrivilegeReport.Verified>(await cache.ReportAsync("run", insist: false).WaitAsync(Cancel));
        Assert.Equal(["pubsub|channels", "pubsub|numsub"], report.Missing.Order());

        await RunAsync(server, required.LineToGrant("dash-watch", report.Missing));
        await RunAsync(server, required.LineToReduce("dash-watch"));

        var granted = Assert.IsType<PrivilegeReport.Verified>(await cache.ReportAsync("run", insist: true).WaitAsync(Cancel));
        Assert.Equal("", string.Join(", ", granted.Missing.Concat(granted.Excess.Select(danger => danger.Name))));
    }

    [Theory]
    [InlineData("-acl")]
    [InlineData("-acl|dryrun")]
    [InlineData("-echo")]
    public async Task UserWhoCannotBeTested_IsUnverified_AndIsAskedOncePerRun(string without)
    {
        await using var server =
            await TestServer.WithPasswordAsync("admins", $"{AclRules.Line(Purpose.Cache, ConnectionRole.Watch, Password)} {without}");
        var cache = await CacheAsync(server, Purpose.Cache, ConnectionRole.Watch);

        var first = await cache.ReportAsync("run", insist: false).WaitAsync(Cancel);
        await server.CallAsync("ACL", "LOG", "RESET");
        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => cache.ReportAsync("run", insist: false)));

        Assert.Contains("acl|dryrun", Assert.IsType<PrivilegeReport.Unverified>(first).Needed);
        Assert.All(reports, report => Assert.Same(first, report));
        Assert.Equal(0, await LogAsync(server));
        Assert.NotSame(first, await cache.ReportAsync("another run", insist: false).WaitAsync(Cancel));
    }

    [Fact]
    public async Task UserWhoCannotBeTested_FixedByTheLine_IsVerifiedOnDemand()
    {
        await using var server =
            await TestServer.WithPasswordAsync("admins", $"{AclRules.Line(Purpose.Cache, ConnectionRole.Watch, Password)} -acl");
        var cache = await CacheAsync(server, Purpose.Cache, ConnectionRole.Watch);
        var report = Assert.IsType<PrivilegeReport.Unverified>(await cache.ReportAsync("run", insist: false).WaitAsync(Cancel));

        await RunAsync(
            server,
            new RequiredPrivileges(await InstanceAsync(server, Purpose.Cache), ConnectionRole.Watch).LineToGrant("dash-watch",
                report.Needed));

        Assert.IsType<PrivilegeReport.Verified>(await cache.ReportAsync("run", insist: true).WaitAsync(Cancel));
    }

    [Fact]
    public async Task RejectedPassword_IsNotSentAgainForHalfAMinute_EvenOnDemand()
    {
        var time = new FakeTimeProvider();
        await using var server =
            await TestServer.WithPasswordAsync("admins", AclRules.Line(Purpose.Cache, ConnectionRole.Watch, "another"));
        var cache = CacheOf(await InstanceAsync(server, Purpose.Cache), ConnectionRole.Watch, time);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(
                FaultKind.WrongPass,
                Assert.IsType<PrivilegeReport.Failed>(await cache.ReportAsync("run", insist: true).WaitAsync(Cancel)).Fault.Kind);
        }

        Assert.Equal(1, await Footprint.ErrorsAsync(server, "WRONGPASS"));
        time.Advance(CredentialRejection.Pause);
        await cache.ReportAsync("run", insist: false).WaitAsync(Cancel);
        Assert.Equal(2, await Footprint.ErrorsAsync(server, "WRONGPASS"));
    }

    [Fact]
    public async Task Check_LeavesThePollersConnectionAlone()
    {
        await using var server = await TestServer.StartAsync();
        await using var poller = WatchingConnection.Over(server);
        await poller.InfoAsync(Cancel);
        var before = await OursAsync();

        await CacheOf(server.Instance(), ConnectionRole.Watch).ReportAsync("run", insist: false).WaitAsync(Cancel);

        await Eventually.Async(OursAsync, now => now == before);
        Assert.Null((await poller.InfoAsync(Cancel)).Fault);

        // id=7 addr=127.0.0.1:40000 … name=dashboard-watch-test …
        async Task<string> OursAsync() =>
            string.Join(
                ' ',
                (await Footprint.LinesAsync(server, "CLIENT", "LIST")).Where(
                    line => line.Contains("name=dashboard-", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task ServerThatHangs_IsFailed_ByItsDeadline()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync();
        var cache = CacheOf(server.Instance(), ConnectionRole.Watch, time);
        server.Stop();

        var report = await Deadline.PassesAsync(time, () => cache.ReportAsync("run", insist: false));
        server.Continue();

        Assert.Equal(FaultKind.Hung, Assert.IsType<PrivilegeReport.Failed>(report).Fault.Kind);
    }

    [Fact]
    public async Task UnreachableServer_IsFailed_AndIsAskedAgainAtTheNextCheck()
    {
        await using var server = await TestServer.StartAsync();
        await server.KillAsync();
        var cache = CacheOf(server.Instance(), ConnectionRole.Act);

        Assert.Equal(
            FaultKind.Refused,
            Assert.IsType<PrivilegeReport.Failed>(await cache.ReportAsync("run", insist: false).WaitAsync(Cancel)).Fault.Kind);
        await server.RestartAsync();

        Assert.IsType<PrivilegeReport.Verified>(await cache.ReportAsync("run", insist: false).WaitAsync(Cancel));
    }

    /// <param name="time">The clock; if null, one that stands still, so that no deadline passes.</param>
    private static OneConnection CacheOf(Instance instance, ConnectionRole role, FakeTimeProvider? time = null)
    {
        time ??= new();
        var settings = new MonitoringSettings([instance], TimeSpan.FromSeconds(1), WatchingConnection.Timeout, "test");
        return new(new PrivilegeCheckCache(settings, new ValkeyServers(time), KeyPatterns.Default, time), instance.Id, role);
    }

    private static async Task<OneConnection> CacheAsync(TestServer server, Purpose purpose, ConnectionRole role) =>
        CacheOf(await InstanceAsync(server, purpose), role);

    private static async Task<Instance> InstanceAsync(TestServer server, Purpose purpose)
    {
        var file = await server.PasswordFileAsync(Password);
        return server.Instance(purpose) with
        {
            Watch = new(AclRules.UserOf(ConnectionRole.Watch), file),
            Act = new(AclRules.UserOf(ConnectionRole.Act), file)
        };
    }

    private static async Task<int> LogAsync(TestServer server) => (await server.CallAsync("ACL", "LOG")).Length;

    private static async Task RunAsync(TestServer server, string line)
    {
        var words = line.Split(' ');
        await server.CallAsync(words[0], [.. words[1..]]);
    }

    /// <summary>The cache, asked for one connection only.</summary>
    private sealed record OneConnection(PrivilegeCheckCache Cache, InstanceId Instance, ConnectionRole Role)
    {
        public Task<PrivilegeReport> ReportAsync(string? runId, bool insist) => Cache.ReportAsync(Instance, Role, runId, insist);
    }
}
