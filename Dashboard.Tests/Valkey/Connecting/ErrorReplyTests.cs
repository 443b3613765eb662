using System.Text;

namespace Dashboard.Valkey.Connecting;

public sealed class ErrorReplyTests
{
    /// <summary>Error replies of Valkey 8.0 and Redis 7.0, or of other versions where noted.</summary>
    public static TheoryData<string, FaultKind> Catalogue => new()
    {
        { "NOAUTH Authentication required.", FaultKind.NoAuth },
        { "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can "
            + "be used", FaultKind.NoAuth },
        { "ERR operation not permitted", FaultKind.NoAuth }, // before Redis 2.8
        { "WRONGPASS invalid username-password pair or user is disabled.", FaultKind.WrongPass },
        { "ERR invalid password", FaultKind.WrongPass }, // before Redis 6
        { "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
            FaultKind.WrongPass },
        { "NOPERM User watch has no permissions to run the 'info' command", FaultKind.NoPerm },
        { "NOPERM this user has no permissions to run the 'info' command", FaultKind.NoPerm },
        { "ERR ACL failure in script: User dash-act has no permissions to run the 'swapdb' command script: "
            + "f8c3758059f1d406d75f875a8a1e5f3051c33fcf, on @user_script:14.", FaultKind.NoPerm },
        { "ERR ACL failure in script: No permissions to access database script: on @user_script:14.", FaultKind.NoPerm }, // Valkey 9.1
        { "ERR The user executing the script can't run this command or subcommand script: f8c3758059f1d406d75f875a8a1e5f3051c33fcf, on "
            + "@user_script:14.", FaultKind.NoPerm },
        { "ERR max number of clients reached", FaultKind.MaxClients },
        { "ERR max number of clients + cluster connections reached", FaultKind.MaxClients },
        { "LOADING Valkey is loading the dataset in memory", FaultKind.Loading },
        { "LOADING Redis is loading the dataset in memory", FaultKind.Loading },
        { "BUSY Valkey is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", FaultKind.Busy },
        { "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", FaultKind.Busy },
        { "MISCONF Errors writing to the AOF file: No space left on device", FaultKind.Misconf },
        { "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.", FaultKind.Misconf },
        { "READONLY You can't write against a read only replica.", FaultKind.ReadOnly },
        { "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", FaultKind.MasterDown },
        { "DENIED Redis is running in protected mode because protected mode is enabled", FaultKind.Other },
        { "ERR unknown command 'INFO'", FaultKind.Other },
        { "BUSYKEY Target key name already exists.", FaultKind.Other },
        { "", FaultKind.Other },
    };

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Read_KnownText_IsClassifiedByItsStart(string text, FaultKind kind)
    {
        var fault = ErrorReply.Read(text);

        Assert.Equal(kind, fault.Kind);
        Assert.True(fault.Reachable);
    }

    [Fact]
    public void Read_ServerRepeatsTheArguments_TheyAreLeftOut()
    {
        var fault =
            ErrorReply.Read("ERR unknown command 'AUTH', with args beginning with: 'hunter2' ", new Password("hunter2"u8.ToArray()));

        Assert.Equal("ERR unknown command 'AUTH'", fault.Detail);
    }

    [Theory]
    [InlineData("f8c3758059f1d406d75f875a8a1e5f3051c33fcf, on @user_script:14.")]
    [InlineData("on @user_script:14.")] // since Valkey 9.1
    public void Read_OfAScript_TheNameOfTheScriptIsLeftOut(string place)
    {
        const string Refusal = "ERR ACL failure in script: User dash-act has no permissions to run the 'swapdb' command";

        Assert.Equal(Refusal, ErrorReply.Read($"{Refusal} script: {place}").Detail);
    }

    [Fact]
    public void Read_ServerRepeatsThePassword_ItIsHidden()
    {
        var fault = ErrorReply.Read("ERR bad word hunter2 given", new Password("hunter2"u8.ToArray()));

        Assert.Equal("ERR bad word ••• given", fault.Detail);
    }

    [Fact]
    public void Read_EndlessTextWithControlCharacters_IsBoundedAndPrintable()
    {
        var fault = ErrorReply.Read("ERR \u001b[31m" + new StringBuilder().Insert(0, "0123456789", 100));

        Assert.InRange(fault.Detail.Length, Fault.MaxDetail - 10, Fault.MaxDetail);
        Assert.StartsWith(@"ERR \x1b[31m0123", fault.Detail, StringComparison.Ordinal);
        Assert.EndsWith("…(1,009 characters)", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Detail, char.IsControl);
    }
}
