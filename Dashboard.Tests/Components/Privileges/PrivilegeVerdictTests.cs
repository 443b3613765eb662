using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Components.Privileges;

/// <summary>What people read about a privilege check.</summary>
public sealed class PrivilegeVerdictTests
{
    private static readonly Instance Named =
        Given.Instance(Purpose.Cable) with { Watch = new("dash-watch", "/watch"), Act = new("dash-act", "/act") };

    private static readonly Instance Unnamed = Given.Instance(Purpose.Cable);

    [Fact]
    public void BeforeTheFirstAnswer_NothingIsClaimed() =>
        Assert.Equal(
            ("unknown", "checking"),
            (PrivilegeVerdict.Of(Named, ConnectionRole.Watch, null).Level, PrivilegeVerdict.Of(Named, ConnectionRole.Watch, null).Chip));

    [Theory]
    [InlineData(FaultKind.Refused, "down")]
    [InlineData(FaultKind.WrongPass, "password rejected")]
    [InlineData(FaultKind.Hung, "hung")]
    public void NoAnswer_IsUnknown_AndSaysWhatToDo(FaultKind kind, string chip)
    {
        var verdict = PrivilegeVerdict.Of(Named, ConnectionRole.Watch, new PrivilegeReport.Failed(new(kind)));

        Assert.Equal(("unknown", chip), (verdict.Level, verdict.Chip));
        Assert.StartsWith("cable ", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("What this user may do is not known.", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Unverified_NamesTheGrantsAndTheLine()
    {
        var verdict =
            PrivilegeVerdict.Of(
                Named, ConnectionRole.Act,
                new PrivilegeReport.Unverified("this user may not run ACL WHOAMI", ["acl|dryrun", "acl|whoami"]));

        Assert.Equal(("unknown", "not verified"), (verdict.Level, verdict.Chip));
        Assert.Equal("ACL SETUSER dash-act +acl|dryrun +acl|whoami", Assert.Single(verdict.Remedies).Line);
    }

    [Fact]
    public void UnverifiableServer_HasNoRemedy() =>
        Assert.Empty(
            PrivilegeVerdict.Of(Named, ConnectionRole.Act, new PrivilegeReport.Unverified("this server does not answer", [])).Remedies);

    [Fact]
    public void ExactRights_AreTheOnlyGreen()
    {
        var verdict = Of(Named, ConnectionRole.Watch, [], []);

        Assert.Equal(("ok", "no more than it needs"), (verdict.Level, verdict.Chip));
        Assert.Contains("(7 commands)", verdict.Sentence, StringComparison.Ordinal);
        Assert.Empty(verdict.Remedies);
    }

    [Fact]
    public void MissingRight_GivesTheLineThatGrantsIt() =>
        Assert.Equal(
            ["ACL SETUSER dash-watch +pubsub|numsub"],
            Of(Named, ConnectionRole.Watch, ["pubsub|numsub"], []).Remedies.Select(remedy => remedy.Line));

    [Fact]
    public void ExcessRight_GivesTheLineThatLeavesOnlyWhatIsNeeded()
    {
        var line = Assert.Single(Of(Named, ConnectionRole.Watch, [], [DangerousCommands.All[0]]).Remedies).Line;

        Assert.Equal(
            "ACL SETUSER dash-watch clearselectors resetkeys resetchannels -@all +acl|dryrun +acl|whoami +client|setname +echo +info "
                + "+pubsub|channels +pubsub|numsub", line);
    }

    [Fact]
    public void MissingAndExcessRights_AreFixedByOneLine()
    {
        var verdict = Of(Named, ConnectionRole.Watch, ["echo"], [DangerousCommands.All[0]]);

        Assert.Equal(("warn", "wrong rights"), (verdict.Level, verdict.Chip));
        Assert.Contains(
            " -@all +acl|dryrun +acl|whoami +client|setname +echo ", Assert.Single(verdict.Remedies).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void UserWithAllRights_NamesTheRemainingLimit_AndGetsAUserOfItsOwn()
    {
        var verdict =
            PrivilegeVerdict.Of(
                Unnamed, ConnectionRole.Watch, new PrivilegeReport.Verified("default", [], DangerousCommands.All, Everything: true));

        Assert.Equal(("warn", "can do everything"), (verdict.Level, verdict.Chip));
        Assert.Equal(
            "The only brake is the console’s own: its watching connection can send ACL, CONFIG, ECHO, INFO and PUBSUB, and nothing else.",
            verdict.OwnLimits);
        Assert.Empty(verdict.Excess);
        var (what, line) = Assert.Single(verdict.Remedies);
        Assert.Contains("Dashboard:Instances:cable:Watch:User", what, StringComparison.Ordinal);
        Assert.StartsWith("ACL SETUSER dash-watch on #<sha256 of its password> resetkeys ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void NamedUserWhoCanDoEverything_IsReduced() => Assert.StartsWith(
        "ACL SETUSER dash-watch clearselectors resetkeys",
        Assert.Single(
            PrivilegeVerdict.Of(
                Named, ConnectionRole.Watch,
                new PrivilegeReport.Verified("dash-watch", [], DangerousCommands.All, Everything: true)).Remedies).Line,
        StringComparison.Ordinal);

    [Fact]
    public void DefaultUserWithExcessRights_IsNeverReduced_BecauseTheApplicationUsesItToo() =>
        Assert.All(
            Of(Unnamed, ConnectionRole.Watch, [], [DangerousCommands.All[0]], "default").Remedies,
            remedy => Assert.DoesNotContain("SETUSER default", remedy.Line, StringComparison.Ordinal));

    [Fact]
    public void OneUserForBoth_KeepsWhatEitherNeeds()
    {
        var shared = Named with { Act = Named.Watch };

        Assert.Contains(
            "+pubsub|numsub", Assert.Single(Of(shared, ConnectionRole.Act, [], [DangerousCommands.All[0]]).Remedies).Line,
            StringComparison.Ordinal);
    }

    private static PrivilegeVerdict Of(
        Instance instance, ConnectionRole role, string[] missing, DangerousCommand[] excess, string user = "dash-watch") =>
        PrivilegeVerdict.Of(instance, role, new PrivilegeReport.Verified(user, missing, excess, Everything: false));
}
