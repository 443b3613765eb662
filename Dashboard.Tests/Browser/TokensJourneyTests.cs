using System.Globalization;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>An owner finds and revokes access tokens; others may not. No token is on a page, in an address, a frame or a log.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class TokensJourneyTests(WatchedTrio watched) : IAsyncDisposable
{
    /// <summary>Everything that a console sends, logs and keeps is searched for it.</summary>
    private static readonly string Stolen = Canaries.Password("stolen-token");

    private TestServer Session => watched.Servers.Session;

    public async ValueTask DisposeAsync() => await Session.CallAsync("FLUSHALL");

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task PastedToken_IsRevokedAtOnce_AndThePageSaysWhatFollows(int width)
    {
        // Another user for each width: the page also shows what was done for the one before.
        var value = $$"""{"user_id":{{width}},"created_at":"2026-11-30T10:00:00Z"}""";
        await Session.CallAsync("SET", $"token:{Stolen}", value, "EX", "3600");
        await Session.CallAsync("SET", "token:another-token-of-the-same-user", value, "EX", "3600");
        await using var board = await watched.OpenAsync("/tokens", width == 390 ? Screens.Phone() : null);
        await board.LiveAsync();

        await board.Page.GetByLabel("A token that you have").FillAsync($"Authorization: Bearer {Stolen}");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Find this token" }).ClickAsync();

        await Assertions.Expect(board.Main).ToContainTextAsync("Found");
        await board.LiveAsync();
        await Assertions.Expect(Table(board)).ToContainTextAsync($"{width}");
        Assert.DoesNotContain(Stolen, board.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(Stolen, await board.Page.ContentAsync(), StringComparison.Ordinal);
        await board.IsAccessibleAsync();
        await board.IsNoWiderThanItsScreenAsync();
        await Button(board, "Revoke 1 token").ClickAsync();
        await Assertions.Expect(Dialog(board)).ToContainTextAsync("1 token");
        await board.IsAccessibleAsync();
        await board.Page.Locator("#action-reason").FillAsync("laptop stolen");
        await Dialog(board).GetByRole(AriaRole.Button, new() { Name = "Revoke tokens", Exact = true }).ClickAsync();

        await Assertions.Expect(board.Main).ToContainTextAsync($"1 token of user {width} revoked.");
        var after = board.Page.GetByRole(AriaRole.Group, new() { Name = "After revoking tokens" })
            .Filter(new() { HasText = $"user {width}" });
        await Assertions.Expect(after).ToContainTextAsync("Live sockets are not set up");
        await Assertions.Expect(after).ToContainTextAsync("After 5 s: none came back.");
        Assert.Equal("0", (await Session.CallAsync("EXISTS", $"token:{Stolen}")).ToString());
        Assert.Equal("1", (await Session.CallAsync("EXISTS", "token:another-token-of-the-same-user")).ToString());
        await board.IsNoWiderThanItsScreenAsync();

        await board.Page.GetByLabel("A token that you have").FillAsync(Stolen);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Find this token" }).ClickAsync();
        await Assertions.Expect(board.Main).ToContainTextAsync("No key of the declared kinds is this token.");
    }

    [Fact]
    public async Task AllOfAUser_WaitForTheCountdown_WhichCanBeStopped()
    {
        for (var number = 0; number < 40; number++)
        {
            var user = (number % 10).ToString(CultureInfo.InvariantCulture);
            await Session.CallAsync("SET", $"token:{number:00}-abcdefghijklmnopqrstuvwxyz", $$"""{"user_id":{{user}}}""", "EX", "3600");
        }

        await using var board = await watched.OpenAsync("/tokens");
        await board.LiveAsync();
        await board.Page.GetByLabel("User id").FillAsync("7");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await Assertions.Expect(board.Main).ToContainTextAsync("4 tokens of user 7");
        Assert.EndsWith("user=7", board.Page.Url, StringComparison.Ordinal);

        await RevokeAllAsync(board);
        await Assertions.Expect(Runs(board)).ToContainTextAsync("it can still be stopped");
        await Runs(board).GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Assertions.Expect(Runs(board)).ToContainTextAsync("owner stopped it before any token was deleted.");
        Assert.Equal("40", (await Session.CallAsync("DBSIZE")).ToString());

        await RevokeAllAsync(board);
        await Assertions.Expect(Runs(board)).ToContainTextAsync("4 tokens of user 7 revoked");
        Assert.Equal("36", (await Session.CallAsync("DBSIZE")).ToString());
        await Assertions.Expect(board.Main).ToContainTextAsync("Tokens were changed after this search");
        await Assertions.Expect(Button(board, "Revoke all 4 tokens of user 7")).ToBeDisabledAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await Assertions.Expect(board.Main).ToContainTextAsync("There are no tokens of user 7");
        await Assertions.Expect(Button(board, "Cut live connections of user 7")).ToBeEnabledAsync();
        await board.GoAsync("/audit?action=tokens.revoke");
        await Assertions.Expect(board.Main).ToContainTextAsync("all tokens of user 7");
        await Assertions.Expect(board.Main).ToContainTextAsync("left the company");
    }

    [Fact]
    public async Task Viewer_IsOfferedNothing_AndRefused()
    {
        await using var owner = await watched.OpenAsync("/accounts");
        await using var viewer = await watched.InviteAsync(owner, "bystander", "viewer on all instances");
        viewer.Faults.Expected = true; // The browser itself logs a 403.

        await Assertions.Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Tokens", Exact = true })).ToHaveCountAsync(0);
        await viewer.GoAsync("/tokens");
        await Assertions.Expect(viewer.Page.GetByLabel("A token that you have")).ToHaveCountAsync(0);
        await Assertions.Expect(viewer.Main).ToContainTextAsync("You may not see this page");
    }

    private static async Task RevokeAllAsync(BoardPage board)
    {
        await Button(board, "Revoke all 4 tokens of user 7").ClickAsync();
        await board.Page.Locator("#action-reason").FillAsync("left the company");
        await Dialog(board).GetByRole(AriaRole.Button, new() { Name = "Revoke tokens", Exact = true }).ClickAsync();
    }

    private static ILocator Table(BoardPage board) => board.Page.GetByRole(AriaRole.Table, new() { Name = "Tokens" });

    private static ILocator Dialog(BoardPage board) => board.Page.GetByRole(AriaRole.Dialog, new() { Name = "Revoke tokens" });

    private static ILocator Runs(BoardPage board) => board.Page.GetByRole(AriaRole.Region, new() { Name = "Runs", Exact = true });

    private static ILocator Button(BoardPage board, string name) =>
        board.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
