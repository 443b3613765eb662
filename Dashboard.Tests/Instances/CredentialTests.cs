using Dashboard.Configuration;

namespace Dashboard.Instances;

/// <summary>Users for watching and for acting, from the keys a person writes.</summary>
public sealed class CredentialTests
{
    private static readonly (string Key, string? Value) Url = ("Instances:cache:Url", "redis://common@10.0.0.5");

    [Fact]
    public void NoUser_BothRolesUseTheOneOfTheAddress()
    {
        var instance = Assert.Single(Written.Read(Url, ("Instances:cache:PasswordFile", "/common")).Instances);

        Assert.Equal(
            [new Credential("common", "/common"), new Credential("common", "/common")],
            [instance.For(ConnectionRole.Watch), instance.For(ConnectionRole.Act)]);
    }

    [Fact]
    public void BothUsers_EachRoleHasItsOwn()
    {
        var instance = Assert.Single(Written.Read(
            Url, ("Instances:cache:Watch:User", " dash-watch\n"), ("Instances:cache:Watch:PasswordFile", "/watch\n"),
            ("Instances:cache:Act:User", "dash-act"), ("Instances:cache:Act:PasswordFile", "/act")).Instances);

        Assert.Equal(
            [new Credential("dash-watch", "/watch"), new Credential("dash-act", "/act")],
            [instance.For(ConnectionRole.Watch), instance.For(ConnectionRole.Act)]);
    }

    [Fact]
    public void WatchUserOnly_ActingUsesTheOneOfTheAddress()
    {
        var instance =
            Assert.Single(
                Written.Read(
                    Url, ("Instances:cache:Watch:User", "dash-watch"), ("Instances:cache:Watch:PasswordFile", "/watch")).Instances);

        Assert.Equal(new Credential("dash-watch", "/watch"), instance.For(ConnectionRole.Watch));
        Assert.Equal(new Credential("common", null), instance.For(ConnectionRole.Act));
    }

    [Theory]
    [InlineData("Watch:User", "hunter2", "Watch:PasswordFile", "Name a file")]
    [InlineData("Act:PasswordFile", "hunter2", "Act:User", "Write the ACL user")]
    [InlineData("Watch:Usr", "hunter2", "Watch:Usr", "Known here: User, PasswordFile")]
    [InlineData("Act", "hunter2", "Act", "Act:User and")]
    internal void WrongSetting_NamesKeyAndRemedy_AndRepeatsNoSecret(string key, string value, string faulty, string remedy)
    {
        var fault = Assert.Single(Written.Faults(Url, ($"Instances:cache:{key}", value)));

        Assert.StartsWith($"Dashboard:Instances:cache:{faulty}: ", fault, StringComparison.Ordinal);
        Assert.Contains(remedy, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void UserWithABlank_IsAFault()
    {
        var fault =
            Assert.Single(
                Written.Faults(Url, ("Instances:cache:Watch:User", "dash watch"), ("Instances:cache:Watch:PasswordFile", "/watch")));

        Assert.StartsWith("Dashboard:Instances:cache:Watch:User: contains a space", fault, StringComparison.Ordinal);
    }
}
