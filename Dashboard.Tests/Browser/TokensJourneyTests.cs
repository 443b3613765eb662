using System.Globalization;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>An owner finds access tokens, revokes them and gives them a TTL; others may not.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class TokensJourneyTests(WatchedTrio watched) : IAsyncDisposable
{
    /// <summary>A test ends far earlier.</summary>
    private static readonly TimeSpan PassedAtMost = TimeSpan.FromMinutes(10);

    private TestServer Session => watched.Servers.Session;

    public async ValueTask DisposeAsync() => await Session.CallAsync("FLUSHALL");

    [Fact]
    public async Task AllOfAUser_WaitForTheCountdown_WhichCanBeStopped()
    {
        for (var number = 0; number < 40; number++)
        {
            var user = (number % 10).ToString(CultureInfo.InvariantCulture);
            await Session.CallAsync("SET", $"token:{number:00}-abcdefghijklmnopqrstuvwxyz", $$"""{"user_id":{{user}}}""", "EX", "3600");
        }

        await using var screen = await TokensScreen.OpenAsync(watched);
        await screen.FindOfUserAsync("7");
        await Assertions.Expect(screen.Main).ToContainTextAsync("4 tokens of user 7");
        Assert.EndsWith("user=7", screen.Board.Page.Url, StringComparison.Ordinal);

        await RevokeAllAsync(screen);
        await Assertions.Expect(screen.Runs).ToContainTextAsync("it can still be stopped");
        await CacheScreen.Button(screen.Runs, "Stop").ClickAsync();
        await Assertions.Expect(screen.Runs).ToContainTextAsync("owner stopped it before any token was deleted.");
        Assert.Equal("40", (await Session.CallAsync("DBSIZE")).ToString());

        await RevokeAllAsync(screen);
        await Assertions.Expect(screen.Runs).ToContainTextAsync("4 tokens of user 7 revoked");
        await Assertions.Expect(screen.After("7")).ToContainTextAsync("Live sockets are not set up");
        Assert.Equal("36", (await Session.CallAsync("DBSIZE")).ToString());
        await Assertions.Expect(screen.Main).ToContainTextAsync("Tokens were changed after this search");
        await Assertions.Expect(screen.Button("Revoke all 4 tokens of user 7")).ToBeDisabledAsync();
        await screen.Button("Find").ClickAsync();
        await Assertions.Expect(screen.Main).ToContainTextAsync("There are no tokens of user 7");
        await Assertions.Expect(screen.Button("Cut live connections of user 7")).ToBeEnabledAsync();
        await screen.Board.GoAsync("/audit?action=tokens.revoke");
        await Assertions.Expect(screen.Main).ToContainTextAsync("all tokens of user 7");
        await Assertions.Expect(screen.Main).ToContainTextAsync("left the company");
    }

    [Fact]
    public async Task TokensWithoutTtl_AreFoundAndGetOne_AndNoOtherKeyDoes()
    {
        await SetAsync("token:an-hour-old", CreatedBefore(TimeSpan.FromHours(1)));
        await SetAsync("token:a-month-old", CreatedBefore(TimeSpan.FromDays(30)));
        await SetAsync("token:of-unknown-age", "7");
        await SetAsync("token:with-ttl", CreatedBefore(TimeSpan.FromHours(1)), "EX", "600");
        await SetAsync("blacklist:1", "revoked");
        await SetAsync("blacklist:token:2", CreatedBefore(TimeSpan.FromDays(30)));
        await using var screen = await TokensScreen.OpenAsync(watched, Screens.Phone());

        await screen.Board.Page.GetByLabel("Without TTL").CheckAsync();
        await screen.Button("Find").ClickAsync();
        await Assertions.Expect(screen.Main).ToContainTextAsync("3 tokens without TTL");
        await screen.Button("Give 3 tokens a TTL").ClickAsync();
        await Assertions.Expect(screen.Dialog(TokensScreen.GiveTtl)).ToContainTextAsync("never expire and get a TTL");
        await screen.IsSoundAsync();
        await screen.BeginAsync(TokensScreen.GiveTtl);

        await Assertions.Expect(screen.Runs).ToContainTextAsync("3 tokens got a TTL.");
        await HasTtlAsync("token:an-hour-old", TimeSpan.FromHours(23));
        await HasTtlAsync("token:a-month-old", TimeSpan.FromMinutes(5));
        await HasTtlAsync("token:of-unknown-age", TimeSpan.FromHours(24));
        await HasTtlAsync("token:with-ttl", TimeSpan.FromMinutes(10));
        Assert.Equal("-1", (await Session.CallAsync("TTL", "blacklist:1")).ToString());
        Assert.Equal("-1", (await Session.CallAsync("TTL", "blacklist:token:2")).ToString());
        Assert.Equal("6", (await Session.CallAsync("DBSIZE")).ToString());
        await screen.Button("Find").ClickAsync();
        await Assertions.Expect(screen.Main).ToContainTextAsync("There are no tokens without TTL among 4 that were read.");
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

    private static async Task RevokeAllAsync(TokensScreen screen)
    {
        await screen.Button("Revoke all 4 tokens of user 7").ClickAsync();
        await screen.BeginAsync(TokensScreen.Revoke, "left the company");
    }

    private static string CreatedBefore(TimeSpan age) =>
        $$"""{"user_id":7,"created_at":"{{TimeProvider.System.GetUtcNow() - age:yyyy-MM-ddTHH:mm:ssZ}}"}""";

    private async Task SetAsync(string key, params string[] words) => await Session.CallAsync("SET", [key, .. words]);

    /// <summary>Asserts that this much is left to a key, less what has passed since it was given.</summary>
    private async Task HasTtlAsync(string key, TimeSpan given)
    {
        var left = TimeSpan.FromSeconds((long)await Session.CallAsync("TTL", key));
        Assert.InRange(left, TimeSpan.FromSeconds(Math.Max(1, (given - PassedAtMost).TotalSeconds)), given);
    }
}
