using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey.Permissions;

/// <summary>What the privilege check concludes from a server's answers.</summary>
public sealed class PrivilegeCheckTests
{
    [Fact]
    public async Task InfoRefused_IsUnverified_AndAsksNothingMore()
    {
        var server = new FakeServerWatcher().Answer("INFO", new Fault(FaultKind.NoPerm));

        var report = Assert.IsType<PrivilegeReport.Unverified>(await RunAsync(server));

        Assert.Equal(["info", "acl|dryrun", "acl|whoami"], report.Needed);
        Assert.Equal(["INFO"], server.Calls);
        Assert.True(report.LeavesRefusals);
    }

    [Theory]
    [InlineData(FaultKind.Refused)]
    [InlineData(FaultKind.Hung)]
    [InlineData(FaultKind.WrongPass)]
    [InlineData(FaultKind.Loading)]
    public async Task NoAnswer_IsFailedWithTheFault(FaultKind kind) =>
        Assert.Equal(
            kind,
                Assert.IsType<PrivilegeReport.Failed>(await RunAsync(new FakeServerWatcher().Answer("INFO", new Fault(kind)))).Fault.Kind);

    [Theory]
    [InlineData(FaultKind.NoPerm, "acl|dryrun acl|whoami")]
    [InlineData(FaultKind.Closed, "echo acl|dryrun acl|whoami")] // as a user who may not ECHO sees it
    [InlineData(FaultKind.Other, "")] // before 7.0, or renamed away: no grant would help
    public async Task WhoAmIRefused_IsUnverified_WithWhatWouldHelp(FaultKind kind, string needed)
    {
        var server = new FakeServerWatcher().AnswerInfo("").Answer("ACL WHOAMI", new Fault(kind));

        Assert.Equal(needed, string.Join(' ', Assert.IsType<PrivilegeReport.Unverified>(await RunAsync(server)).Needed));
    }

    [Fact]
    public async Task AllDeclaredCommandsAllowed_AndNoDangerousOnes_IsExact()
    {
        var report = Assert.IsType<PrivilegeReport.Verified>(await RunAsync(Answering()));

        Assert.Equal(("dash-watch", 0, 0, false), (report.User, report.Missing.Count, report.Excess.Count, report.Everything));
        Assert.False(report.LeavesRefusals);
    }

    [Fact]
    public async Task MissingAndExcessCommands_AreNamed()
    {
        var report =
            Assert.IsType<PrivilegeReport.Verified>(
                await RunAsync(
                    Answering(("ECHO dashboard", DryRun.Refused), ("FLUSHALL", DryRun.Allowed), ("CONFIG SET save ", DryRun.Allowed))));

        Assert.Equal(["echo"], report.Missing);
        Assert.Equal(["FLUSHALL", "CONFIG SET"], report.Excess.Select(danger => danger.Name));
        Assert.False(report.Everything);
    }

    [Fact]
    public async Task CommandOnOtherKeysOnly_IsExcessToo()
    {
        var report = Assert.IsType<PrivilegeReport.Verified>(await RunAsync(Answering(("GET dashboard-self-test", DryRun.OutOfScope))));

        Assert.Equal(["GET"], report.Excess.Select(danger => danger.Name));
    }

    [Fact]
    public async Task UserKeptToOneDatabase_LacksTheOthers_AndTheLineGivesThem()
    {
        var report = Assert.IsType<PrivilegeReport.Verified>(await RunAsync(Answering(
            ("PUBSUB NUMSUB", DryRun.Refused),
            ("ECHO dashboard", DryRun.OtherDatabase),
            ("INFO", DryRun.OtherDatabase),
            ("FLUSHALL", DryRun.OtherDatabase))));

        Assert.Empty(report.Excess);
        Assert.Equal(["alldbs", "pubsub|numsub"], report.Missing.Order(StringComparer.Ordinal));
        Assert.Equal("ACL SETUSER dash-watch +pubsub|numsub alldbs", Needs.LineToGrant("dash-watch", ["pubsub|numsub", "alldbs"]));
    }

    [Fact]
    public async Task CommandTheServerDoesNotKnow_IsNeitherAllowedNorRefused()
    {
        var allowed = DangerousCommands.All.Skip(1)
            .Select(danger => (string.Join(' ', danger.Command.FullCommand), (object)DryRun.Allowed));

        var report =
            Assert.IsType<PrivilegeReport.Verified>(await RunAsync(Answering([.. allowed, ("FLUSHALL", new Fault(FaultKind.Other, "ERR "
                + "Command 'FLUSHALL' not found"))])));

        Assert.True(report.Everything);
        Assert.Equal(DangerousCommands.All.Count - 1, report.Excess.Count);
    }

    [Fact]
    public async Task SilenceHalfWay_ClaimsNothing()
    {
        Assert.IsType<PrivilegeReport.Failed>(await RunAsync(Answering(("MONITOR", new Fault(FaultKind.Hung)))));
    }

    [Fact]
    public void Dangers_AreDistinct_AndTheirHarmIsStated()
    {
        Assert.Distinct(DangerousCommands.All.Select(danger => danger.Command.Grant));
        Assert.All(DangerousCommands.All, danger => Assert.Matches("^[a-z].*[^.]$", danger.Harm));
    }

    private static Task<PrivilegeReport> RunAsync(FakeServerWatcher server) =>
        new PrivilegeCheck(server, Needs).RunAsync(TestContext.Current.CancellationToken);

    private static RequiredPrivileges Needs =>
        new(Given.Instance(Purpose.Cable) with { Watch = new("dash-watch", "/watch") }, ConnectionRole.Watch);

    /// <summary>Makes a server that allows every declared command and refuses every dangerous one, apart from these exceptions.</summary>
    private static FakeServerWatcher Answering(params (string Words, object Answer)[] odd)
    {
        var exceptions = odd.ToDictionary();
        var server = new FakeServerWatcher().AnswerInfo("").Answer("ACL WHOAMI", "dash-watch");
        Say(Needs.Declared.Select(sends => sends.Command), DryRun.Allowed);
        Say(DangerousCommands.All.Select(danger => danger.Command), DryRun.Refused);
        return server;

        void Say(IEnumerable<ServerCommand> commands, DryRun usually)
        {
            foreach (var words in commands.Select(command => string.Join(' ', command.FullCommand)))
            {
                server.Answer($"ACL DRYRUN dash-watch {words}", exceptions.GetValueOrDefault(words, usually));
            }
        }
    }
}
