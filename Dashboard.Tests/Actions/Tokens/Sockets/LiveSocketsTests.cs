using System.Net.WebSockets;
using Dashboard.Servers;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>Sockets of a real ActionCable are cut by a user with the generated rights, and it is known which are.</summary>
[Trait("Needs", "Server")]
public sealed class LiveSocketsTests(CableOfInstalledRails cable) : IClassFixture<CableOfInstalledRails>
{
    private const string User = "018f4d9e-7c1a-7b3e-9d55-0c2f1e8a9b01";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// One user can have channels of two forms: with a tenant and without one. An anonymous socket has no channel, so nothing cuts it.
    /// </summary>
    [Fact]
    public async Task Cut_ClosesEverySocketOfTheUser_AndNoOther()
    {
        var sockets = await cable.OpenAsync(
            4, $"user={User}", $"user={User}", $"user={User}&tenant=7", "user=018f4d9e", "user=another&tenant=7", "");

        var attempt = await cable.Console.CutAsync(User, reconnect: false, Cancel);
        var outcome = cable.Console.Outcome(User, reconnect: false, [attempt]);

        foreach (var cut in sockets[..3])
        {
            await cut.Closed.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, cut.CloseStatus);
        }

        Assert.All(sockets[3..], open => Assert.False(open.Closed.IsCompleted));
        Assert.Equal(2, await cable.ChannelsAsync());
        Assert.Equal((SocketState.Closed, $"2 subscriptions on 2 channels held sockets of user {User}, 2 were told, 0 remain."), (
            outcome.State, outcome.Sentence));
        Assert.Equal(0, (await cable.Server.CallAsync("ACL", "LOG")).Length);
        await CloseAsync(sockets);
    }

    [Fact]
    public async Task Cut_NoSocketOfTheUser_SaysThatNoneIsOpen()
    {
        var sockets = await cable.OpenAsync(1, "user=a/b c~x&tenant=7");

        var attempt = await cable.Console.CutAsync("a/b", reconnect: true, Cancel);

        Assert.Equal(SocketState.NoneOpen, cable.Console.Outcome("a/b", reconnect: true, [attempt]).State);
        Assert.False(sockets[0].Closed.IsCompleted);
        Assert.Equal(
            SocketState.Closed,
            cable.Console.Outcome("a/b c~x", true, [await cable.Console.CutAsync("a/b c~x", reconnect: true, Cancel)]).State);
        await CloseAsync(sockets);
    }

    /// <summary>With settings that do not fit the application, nothing is found, and that must not read as closed.</summary>
    [Fact]
    public async Task Cut_PrefixOfAnotherApplication_ProvesNothing()
    {
        var sockets = await cable.OpenAsync(1, $"user={User}");
        var console = cable.ConsoleWith("another_app");

        var outcome = console.Outcome(User, reconnect: false, [await console.CutAsync(User, reconnect: false, Cancel)]);

        Assert.Equal(SocketState.CannotProveClosed, outcome.State);
        Assert.Contains("Check ChannelPrefix", outcome.Sentence, StringComparison.Ordinal);
        Assert.False(sockets[0].Closed.IsCompleted);
        await CloseAsync(sockets);
    }

    /// <summary>The next test begins without anyone online.</summary>
    private async Task CloseAsync(CableSocket[] sockets)
    {
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        await Eventually.Async(() => cable.ChannelsAsync(), count => count == 0);
    }
}
