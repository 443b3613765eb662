using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dashboard.Actions;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>A revocation in the browser closes real sockets of a real ActionCable, and finds a user's tokens among very many.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class RevocationJourneyTests(WatchedRails watched) : IClassFixture<WatchedRails>, IAsyncDisposable
{
    private TestServer Session => watched.Trio.Servers.Session;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Session.CallAsync("FLUSHALL");
        // One test switches it off.
        await Session.CallAsync("CONFIG", "SET", "appendonly", "yes");
    }

    /// <summary>Everything that a console sends, logs and keeps is searched for the token.</summary>
    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task PastedToken_IsRevokedAtOnce_AndTheSocketOfItsUserIsClosed(int width, bool newer)
    {
        // Another user for each width: the page also shows what was done for the one before.
        var (user, stolen) = (width.ToString(CultureInfo.InvariantCulture), Canaries.Password($"stolen-token-{width}"));
        var rails = newer ? watched.Newer.RequireNewer() : watched.Installed;
        await SetAsync(stolen, user);
        await SetAsync("another-token-of-the-same-user", user);
        using var socket = await CableSocket.OpenAsync(rails, $"user={user}");
        await watched.OnlineAsync(user, subscriptions: 1);
        await using var screen = await TokensScreen.OpenAsync(watched.Trio, width == 390 ? Screens.Phone() : null);

        await screen.PasteAsync($"Authorization: Bearer {stolen}");

        await Assertions.Expect(screen.Main).ToContainTextAsync("Found");
        await screen.Board.LiveAsync();
        await Assertions.Expect(screen.Table).ToContainTextAsync(user);
        Assert.DoesNotContain(stolen, screen.Board.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(stolen, await screen.Board.Page.ContentAsync(), StringComparison.Ordinal);
        await screen.IsSoundAsync();
        await screen.Button("Revoke 1 token").ClickAsync();
        await Assertions.Expect(screen.Dialog(TokensScreen.Revoke)).ToContainTextAsync("1 token");
        await screen.Board.IsAccessibleAsync();
        Assert.False(socket.Closed.IsCompleted);
        await screen.BeginAsync(TokensScreen.Revoke, "laptop stolen");

        await Assertions.Expect(screen.Main).ToContainTextAsync($"1 token of user {user} revoked.");
        await Assertions.Expect(screen.After(user))
            .ToContainTextAsync($"1 process held sockets of user {user}, 1 was told, 0 remain.");
        await Assertions.Expect(screen.After(user)).Not.ToContainTextAsync("told not to connect again");
        await IsClosedAsync(socket, rails, reconnect: true);
        await Assertions.Expect(screen.After(user)).ToContainTextAsync("After 5 s: none came back.");
        Assert.Equal("0", (await Session.CallAsync("EXISTS", $"token:{stolen}")).ToString());
        Assert.Equal("1", (await Session.CallAsync("EXISTS", "token:another-token-of-the-same-user")).ToString());
        await screen.Board.IsNoWiderThanItsScreenAsync();

        await screen.PasteAsync(stolen);
        await Assertions.Expect(screen.Main).ToContainTextAsync("No key of the declared kinds is this token.");
    }

    [Fact]
    public async Task AllOfAUser_WhoHasThreeSockets_ClosesThem_AndNoneOfAnotherUser()
    {
        await SetAsync("first-token", "55");
        await SetAsync("second-token", "55");
        await SetAsync("token-of-another-user", "5");
        using var older = await CableSocket.OpenAsync(watched.Installed, "user=55");
        using var newer = await CableSocket.OpenAsync(watched.Newer.RequireNewer(), "user=55");
        using var ofTenant = await CableSocket.OpenAsync(watched.Newer, "user=55&tenant=7");
        using var another = await CableSocket.OpenAsync(watched.Newer, "user=5&tenant=7");
        await watched.OnlineAsync("55", subscriptions: 3);
        await watched.OnlineAsync("5", subscriptions: 1);
        await using var screen = await TokensScreen.OpenAsync(watched.Trio);

        await screen.FindOfUserAsync("55");
        await screen.Button("Revoke all 2 tokens of user 55").ClickAsync();
        await Assertions.Expect(screen.Dialog(TokensScreen.Revoke)).ToContainTextAsync("10 s to stop it");
        Assert.All([older, newer, ofTenant], open => Assert.False(open.Closed.IsCompleted));
        await screen.BeginAsync(TokensScreen.Revoke, "left the company");

        await Assertions.Expect(screen.Runs).ToContainTextAsync("it can still be stopped");
        await Assertions.Expect(screen.Runs).ToContainTextAsync("2 tokens of user 55 revoked");
        await Assertions.Expect(screen.After("55"))
            .ToContainTextAsync("3 subscriptions on 2 channels held sockets of user 55, 3 were told, 0 remain.");
        await Assertions.Expect(screen.After("55")).ToContainTextAsync("Clients were told not to connect again.");
        await IsClosedAsync(older, watched.Installed, reconnect: false);
        await IsClosedAsync(newer, watched.Newer, reconnect: false);
        await IsClosedAsync(ofTenant, watched.Newer, reconnect: false);
        Assert.Equal(0, await watched.SubscriptionsAsync("55"));
        Assert.Equal(1, await watched.SubscriptionsAsync("5"));
        Assert.False(another.Closed.IsCompleted);
        Assert.Equal("1", (await Session.CallAsync("EXISTS", "token:token-of-another-user")).ToString());
    }

    [Fact]
    public async Task AllOfAUser_AmongAHundredThousandTokens_AreFoundAndRevoked()
    {
        await ManyTokens.FillAsync(Session);
        Assert.Equal(ManyTokens.OfUser, await ManyTokens.CountAsync(Session, "7"));
        await using var screen = await TokensScreen.OpenAsync(watched.Trio, Screens.Phone());

        await screen.FindOfUserAsync("7");

        await Assertions.Expect(screen.Main).ToContainTextAsync("Searching: ");
        await screen.IsSoundAsync();
        await Assertions.Expect(Heading(screen, "100 tokens of user 7")).ToBeVisibleAsync();
        await screen.Button("Revoke all 100 tokens of user 7").ClickAsync();
        await screen.BeginAsync(TokensScreen.Revoke, "left the company");
        await Assertions.Expect(screen.Runs).ToContainTextAsync("it can still be stopped");
        await screen.IsSoundAsync();
        await Assertions.Expect(screen.Runs).ToContainTextAsync("100 tokens of user 7 revoked");
        Assert.Equal(ManyTokens.All - ManyTokens.OfUser, (long)await Session.CallAsync("DBSIZE"));
        Assert.Equal(0, await ManyTokens.CountAsync(Session, "7"));
        Assert.Equal(ManyTokens.OfUser, await ManyTokens.CountAsync(Session, "77"));
        await screen.Button("Find").ClickAsync();
        await Assertions.Expect(screen.Main).ToContainTextAsync(
            $"There are no tokens of user 7 among {CountText.Text(ManyTokens.All - ManyTokens.OfUser)} that were read.");
    }

    private async Task SetAsync(string token, string user) => await Session.CallAsync(
        "SET", $"token:{token}", $$"""{"user_id":{{user}},"created_at":"2026-11-30T10:00:00Z"}""", "EX", "3600");

    private static ILocator Heading(TokensScreen screen, string title) =>
        screen.Board.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true });

    /// <summary>
    /// Asserts that the process closed the socket, and said before whether to connect again. Rails up to 7.0 says nothing.
    /// </summary>
    private static async Task IsClosedAsync(CableSocket socket, RailsSide rails, bool reconnect)
    {
        var frames = await socket.Closed.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        var said = $$"""{"type":"disconnect","reconnect":{{(reconnect ? "true" : "false")}},"reason":"remote"}""";
        Assert.Equal(
            rails.IsNewer ? [said] : [], frames.Skip(1),
            (expected, frame) => JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(frame)));
    }
}
