using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>A person checks what the console may do, finds a user with the wrong rights and fixes it with the line that is shown.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class PrivilegesJourneyTests(WatchedTrio watched)
{

    [Fact]
    public async Task OwnUsers_MayDoNoMoreThanTheyNeed_AndAWrongOneIsFixedByTheLine()
    {
        await using var board = await watched.OpenAsync();
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Privileges" }).ClickAsync();
        foreach (var connection in new[] { "cache: Watching", "cache: Acting", "cable: Watching", "cable: Acting", "session: Watching",
            "session: Acting" })
        {
            await Assertions.Expect(Row(board, connection)).ToContainTextAsync("no more than it needs");
        }

        await Assertions.Expect(Details(board, "cable: Watching")).ToHaveCountAsync(0);

        var cable = watched.Servers.Cable;
        await cable.CallAsync("ACL", "SETUSER", "dash-watch", "+flushall", "-pubsub|numsub");
        try
        {
            await AgainAsync(board);
            await Assertions.Expect(Row(board, "cable: Watching")).ToContainTextAsync("wrong rights");
            await Assertions.Expect(Details(board, "cable: Watching")).ToContainTextAsync("FLUSHALL empties every database");
            await Assertions.Expect(Row(board, "cable: Acting")).ToContainTextAsync("no more than it needs");
            await Assertions.Expect(board.Page.Locator("tbody tr").First).ToContainTextAsync("wrong rights");

            foreach (var line in await Details(board, "cable: Watching").Locator("code.line").AllInnerTextsAsync())
            {
                await cable.CallAsync(
                    "ACL", [.. line.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[1..]]);
            }

            await AgainAsync(board);
            await Assertions.Expect(Row(board, "cable: Watching")).ToContainTextAsync("no more than it needs");
        }
        finally
        {
            // The poller asks for NUMSUB every few seconds, and may have done so in between.
            await cable.CallAsync("ACL", "LOG", "RESET");
        }
    }

    [Fact]
    public async Task OneServerHangs_TheOthersAreShownAtOnce_AndPollingContinues()
    {
        await using var board = await watched.OpenAsync("/");
        await board.AllAreWellAsync();
        watched.Servers.Cable.Stop();
        try
        {
            await board.GoAsync("/privileges");

            await Assertions.Expect(Row(board, "cache: Watching")).ToContainTextAsync("no more than it needs");
            await Assertions.Expect(Details(board, "cable: Watching")).ToContainTextAsync("What this user may do is not known.");
            await Assertions.Expect(board.Page.GetByRole(AriaRole.Button, new() { Name = "Check again" })).ToBeEnabledAsync();
        }
        finally
        {
            watched.Servers.Cable.Continue();
        }

        await board.GoAsync("/");
        await board.AllAreWellAsync();
    }

    /// <summary>The navigation bar of a phone has no room for the link.</summary>
    [Fact]
    public async Task Phone_FindsThePageFromAnInstance()
    {
        await using var board = await watched.OpenAsync("/instances/session", Screens.Phone());
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Link, new() { Name = "Privileges" })).ToBeHiddenAsync();

        await board.LiveAsync();
        // The tabs may be drawn again while the page becomes live; a press on the ones before is lost.
        await Eventually.Async(async () =>
        {
            await board.Page.GetByRole(AriaRole.Tab, new() { Name = "Privileges" }).ClickAsync();
            return board.Page.Url.EndsWith("/instances/session/privileges", StringComparison.Ordinal);
        });
        await Assertions.Expect(Row(board, "session: Watching")).ToContainTextAsync("no more than it needs");
    }

    private static ILocator Row(BoardPage board, string name) => board.Page.Locator(
        "tbody tr", new() { Has = board.Page.GetByRole(AriaRole.Button, new() { Name = $"Details: {name}", Exact = true }) });

    private static ILocator Details(BoardPage board, string name) =>
        board.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    private static async Task AgainAsync(BoardPage board)
    {
        await board.LiveAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
    }
}
