using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Permissions;

/// <summary>Rules consist of what is declared and of nothing else.</summary>
public sealed class AclRulesTests
{
    private const string Connecting = "+acl|dryrun +acl|whoami +client|setname +echo +info";

    [Theory]
    [InlineData("cache", ConnectionRole.Watch, $"resetkeys resetchannels -@all {Connecting}")]
    [InlineData("cable", ConnectionRole.Watch, $"resetkeys resetchannels -@all {Connecting} +pubsub|channels +pubsub|numsub")]
    [InlineData("session", ConnectionRole.Watch, $"resetkeys resetchannels -@all {Connecting}")]
    [InlineData("other", ConnectionRole.Watch, $"resetkeys resetchannels -@all {Connecting}")]
    [InlineData(
        "cable", ConnectionRole.Act,
        "resetkeys resetchannels &*action_cable/* -@all +acl|dryrun +acl|whoami +client|id +client|list +client|setname +echo +eval +info "
            + "+publish +pubsub|channels +pubsub|numsub +scan +select")]
    [InlineData(
        "cable", ConnectionRole.Backplane,
        "resetkeys resetchannels &dash:* -@all +acl|dryrun +acl|whoami +client|setname +echo +info +publish +subscribe +unsubscribe")]
    [InlineData(
        "session", ConnectionRole.Act,
        "resetkeys ~token:* resetchannels -@all +acl|dryrun +acl|whoami +client|setname +echo +eval +exists +expire +get +getrange +hget "
            + "+hlen +hstrlen +info +pttl +scan +select +strlen +type +unlink +wait")]
    [InlineData(
        "cache", ConnectionRole.Act,
        "resetkeys ~* resetchannels -@all +acl|dryrun +acl|whoami +client|id +client|list +client|setname +dbsize +echo +eval +exists "
            + "+flushdb +info +move +object|idletime +scan +select +swapdb +unlink (~dashboard:flush -@all +get +set)")]
    internal void Of_OurCalls_IsExactlyThis(Purpose purpose, ConnectionRole role, string rule) =>
        Assert.Equal(rule, AclRules.Of(purpose, role));

    [Fact]
    public void Of_ACallThatActs_GrantsItsCommandKeysAndChannels_ToItsUserAndPurposeOnly()
    {
        Assert.Equal(
            "resetkeys ~token:* resetchannels &dash:* &live:* -@all +ping +publish +script|load +unlink", Of(Purpose.Cache, typeof(IActs)));
        Assert.Equal("resetkeys resetchannels -@all +ping", Of(Purpose.Cache, typeof(IWatches)));
        Assert.Equal("resetkeys resetchannels -@all +ping +script|load", Of(Purpose.Cable, typeof(IActs)));
    }

    [Fact]
    public void Of_BothRoles_IsTheRuleOfOneUser() =>
        Assert.Equal(
            "resetkeys resetchannels &*action_cable/* -@all +acl|dryrun +acl|whoami +client|id +client|list +client|setname +echo +eval "
                + "+info +publish +pubsub|channels +pubsub|numsub +scan +select",
            AclRules.Of(Purpose.Cable, ConnectionRole.Watch, ConnectionRole.Act));

    [Fact]
    public void Line_HoldsOnlyTheHashOfThePassword()
    {
        var line = AclRules.Line(Purpose.Cache, ConnectionRole.Watch, "secret");

        // printf secret | sha256sum
        Assert.StartsWith(
            "user dash-watch on #2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b resetkeys ", line,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCall_IsDeclared() =>
        Assert.All(
            ((Type[])[typeof(IConnectedServer), typeof(IServerWatcher), typeof(IServerActor)]).SelectMany(calls => calls.GetMethods()),
            call => Assert.True(call.IsDefined(typeof(UsesCommandAttribute), false), $"{call.Name} does not say what it sends"));

    /// <summary>No rule may grant these: each reads the password, stops the server, or empties more than was meant.</summary>
    [Theory]
    [InlineData("config|")]
    [InlineData("flushall")]
    [InlineData("keys")]
    [InlineData("monitor")]
    [InlineData("debug")]
    [InlineData("acl|setuser")]
    [InlineData("client|kill")]
    [InlineData("client|setinfo")] // Redis 7.0 does not start with it
    public void Of_AnyPurposeAndRole_NeverGrants(string grant)
    {
        var rules = Purpose.All.SelectMany(purpose => ConnectionRoles.Of(purpose).Select(role => AclRules.Of(purpose, role)));

        Assert.All(rules, rule => Assert.DoesNotContain($"+{grant}", rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "ACL, CONFIG, ECHO, INFO")]
    [InlineData("watcher", "ACL, ECHO, INFO")]
    public void MapOf_AConnection_HasWhatTheLibraryMaySend(string? user, string commands)
    {
        var instance = Given.Instance(Purpose.Cache) with { Address = new("10.0.0.5", 6379, User: user) };

        Assert.Equal(commands, string.Join(", ", DeclaredCommands.MapOf(instance, ConnectionRole.Watch).Order(StringComparer.Ordinal)));
        Assert.DoesNotContain("CONFIG", DeclaredCommands.MapOf(instance, ConnectionRole.Act));
    }

    private static string Of(Purpose purpose, Type calls) => AclRules.Of(DeclaredCommands.Of(purpose, [calls]));

    /// <summary>A call that every connection makes.</summary>
    private interface IWatches
    {
        [UsesCommand("PING")]
        void Ping();
    }

    /// <summary>Calls as an action will declare them.</summary>
    private interface IActs : IWatches
    {
        [UsesCommand("UNLINK", For = ServerTask.Flush, Keys = ["token:*"], Example = ["token:x"])]
        void Revoke();

        [UsesCommand("PUBLISH", For = ServerTask.Flush, Channels = ["live:*", "dash:*"], Example = ["live:x", "x"])]
        [UsesCommand("SCRIPT", "LOAD")]
        void Publish();
    }
}
