using Dashboard.Scenarios;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Valkey;

/// <summary>Passwords that are sent, missing, wrong, or changed while the console watches.</summary>
[Trait("Needs", "Server")]
public sealed class PasswordTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("secret")]
    [InlineData("p@ss:w/rd# %40")]
    [InlineData("naïve-€")]
    public async Task InfoAsync_RightPassword_Answers(string password)
    {
        await using var server = await TestServer.WithPasswordAsync(password);
        await using var watch = WatchingConnection.Over(server.Instance(passwordFile: await server.PasswordFileAsync(password + "\n")));

        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
        Assert.Equal("1", await Footprint.ConnectionsAsync(server));
    }

    [Fact]
    public async Task InfoAsync_NoPasswordSent_IsNoAuth()
    {
        await using var server = await TestServer.WithPasswordAsync("secret");
        await using var watch = WatchingConnection.Over(server);

        Assert.Equal(FaultKind.NoAuth, (await watch.InfoAsync(Cancel)).Fault?.Kind);
    }

    [Fact]
    public async Task InfoAsync_WrongPassword_IsTriedTwiceAMinuteAtMost()
    {
        await using var server = await TestServer.WithPasswordAsync("secret");
        await using var watch = Over(server, await server.PasswordFileAsync("wrong\n"));

        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(FaultKind.WrongPass, (await watch.InfoAsync(Cancel)).Fault?.Kind);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, await Footprint.ErrorsAsync(server, "WRONGPASS"));
        Assert.Equal(0, await Footprint.ErrorsAsync(server, "NOAUTH"));
        if (ServerKind.IsValkey)
        {
            Assert.Equal("2", await server.InfoAsync("acl_access_denied_auth"));
        }
    }

    [Fact]
    public async Task InfoAsync_WrongPasswordWithAnOddEdge_SaysWhichAndNeverShowsIt()
    {
        await using var server = await TestServer.WithPasswordAsync("secret");
        await using var watch = Over(server, await server.PasswordFileAsync("secret\r\n"));

        var fault = (await watch.InfoAsync(Cancel)).Fault!;

        Assert.Equal(FaultKind.WrongPass, fault.Kind);
        Assert.Contains("ends in CR LF", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InfoAsync_ServerLostItsPassword_SaysSo()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = Over(server, await server.PasswordFileAsync("secret"));

        var fault = (await watch.InfoAsync(Cancel)).Fault!;

        Assert.Equal(FaultKind.WrongPass, fault.Kind);
        Assert.Contains("called without any password configured", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InfoAsync_FileCorrected_IsTriedAtOnce()
    {
        await using var server = await TestServer.WithPasswordAsync("secret");
        var file = await server.PasswordFileAsync("wrong\n");
        await using var watch = Over(server, file);
        await watch.InfoAsync(Cancel);

        await server.PasswordFileAsync("secret\n");

        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
    }

    [Fact]
    public async Task InfoAsync_ServerCorrected_IsTriedWithinHalfAMinute()
    {
        await using var server = await TestServer.WithPasswordAsync("secret");
        await using var watch = Over(server, await server.PasswordFileAsync("tomorrows\n"));
        await watch.InfoAsync(Cancel);
        await server.ChangePasswordAsync("tomorrows");

        _time.Advance(TimeSpan.FromSeconds(29.9));
        var early = await watch.InfoAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        var due = await watch.InfoAsync(Cancel);

        Assert.Equal(FaultKind.WrongPass, early.Fault?.Kind);
        Assert.Null(due.Fault);
    }

    [Fact]
    public async Task InfoAsync_PasswordRotatedUnderAnOpenConnection_Continues()
    {
        await using var server = await TestServer.WithPasswordAsync("old");
        await using var watch = Over(server, await server.PasswordFileAsync("old\n"));
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        await server.ChangePasswordAsync("new");

        Assert.Null((await watch.InfoAsync(Cancel)).Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InfoAsync_RotatedAndDisconnected_RecoversOnTheNextPollAfterTheFile(bool renameOver)
    {
        await using var server = await TestServer.WithPasswordAsync("old");
        var file = await server.PasswordFileAsync("old\n");
        await using var watch = Over(server, file);
        await watch.InfoAsync(Cancel);
        await watch.InfoAsync(Cancel);

        await server.ChangePasswordAsync("new");
        await server.CallAsync("CLIENT", "KILL", "TYPE", "normal");
        var between = await watch.InfoAsync(Cancel);
        await RotateFileAsync(server, file, renameOver);
        var after = await watch.InfoAsync(Cancel);

        Assert.Equal(FaultKind.WrongPass, between.Fault?.Kind);
        Assert.Null(after.Fault);
        Assert.Equal(1, await Footprint.ErrorsAsync(server, "WRONGPASS"));
    }

    [Fact]
    public async Task InfoAsync_FileMissingThenThere_IsAPasswordFileFaultAndRecovers()
    {
        await using var server = await TestServer.WithPasswordAsync("secret");
        await using var watch = Over(server, Path.Combine(server.Folder, "password"));

        var missing = await watch.InfoAsync(Cancel);
        await server.PasswordFileAsync("secret\n");
        var there = await watch.InfoAsync(Cancel);

        Assert.Equal(FaultKind.PasswordFile, missing.Fault?.Kind);
        Assert.Contains("does not exist", missing.Fault!.Detail, StringComparison.Ordinal);
        Assert.Null(there.Fault);
    }

    private ServerWatcher Over(TestServer server, string file) =>
        new(server.Instance(passwordFile: file), WatchingConnection.Timeout, _time);

    private static async Task RotateFileAsync(TestServer server, string file, bool renameOver)
    {
        if (!renameOver)
        {
            await server.PasswordFileAsync("new\n");
            return;
        }

        File.Move(await server.PasswordFileAsync("new\n", "password.new"), file, overwrite: true);
    }
}
