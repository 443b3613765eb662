using Dapper;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Three real servers and the console that watches them, for tests of the browser.</summary>
public sealed class WatchedTrio(Chromium chromium) : IAsyncLifetime
{
    private static readonly string GuestsPassword = Canaries.Password("a long walk by the sea");

    internal Trio Servers { get; private set; } = null!;

    internal ConsoleProcess Console { get; private set; } = null!;

    /// <summary>Further settings of the console. As a rule a long scan takes minutes, so that a test can meet it while it runs.</summary>
    internal IReadOnlyList<string> Settings { get; init; } = ["Dashboard:Pacing:PageSize=10", "Dashboard:Pacing:Pause=20ms"];

    public async ValueTask InitializeAsync()
    {
        Servers = await Trio.StartAsync();
        // Queries of a scan may be slow without ending it.
        Console = await ConsoleProcess.StartAsync([.. Servers.Settings, "Dashboard:Pacing:LatencyBudget=1s", .. Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Servers.DisposeAsync();
    }

    /// <summary>
    /// Opens a page with the owner signed in, whose password was typed just now: however long the tests take, none meets the five minutes
    /// after which it is asked for again.
    /// </summary>
    /// <param name="port">The port of a proxy before the console; null for the console's own.</param>
    internal async Task<BoardPage> OpenAsync(string? path = "/", BrowserNewContextOptions? how = null, int? port = null)
    {
        var url = port is { } another ? new UriBuilder(Console.Url) { Port = another }.Uri.GetLeftPart(UriPartial.Authority) : Console.Url;
        var board = await BoardPage.OpenAsync(chromium, url, null, how);
        await using var connection = Records();
        await connection.ExecuteAsync(
            "UPDATE sessions SET active_at = @now, confirmed_at = @now WHERE ended_at IS NULL",
            new { now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });
        await (path is null ? Task.CompletedTask : board.GoAsync(path));
        return board;
    }

    /// <summary>Opens the console's own file, beside the console.</summary>
    internal SqliteConnection Records() =>
        new($"Data Source={Path.Combine(Path.GetDirectoryName(Console.HistoryFile)!, "console.db")};Pooling=False");

    /// <summary>Invites a person with one role, who follows the owner's link, chooses a password, and signs in.</summary>
    /// <param name="role">As the form calls it, e.g. <c>viewer on all instances</c>.</param>
    internal async Task<BoardPage> InviteAsync(BoardPage owner, string name, string role)
    {
        await owner.GoAsync("/accounts");
        await owner.LiveAsync();
        await owner.Page.Locator("#invite-name").FillAsync(name);
        await owner.Page.GetByLabel(role).First.CheckAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Create link" }).ClickAsync();
        var link = await owner.Page.Locator(".secret").InnerTextAsync();
        Canaries.Register(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        var guest = await BoardPage.OpenSignedOutAsync(chromium, Console.Url, null);
        await guest.Page.GotoAsync(link);
        await guest.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(GuestsPassword);
        await guest.Page.GetByLabel("The same again").FillAsync(GuestsPassword);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Done. Sign in with the password you chose.");
        await Visitor.SignInAsync(guest.Page, Console.Url, name, GuestsPassword);
        await guest.Page.WaitForURLAsync(Console.Url + "/");
        return guest;
    }
}
