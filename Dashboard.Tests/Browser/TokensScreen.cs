using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The page for tokens: how they are found, what is done with them, and what is looked at afterwards.</summary>
internal sealed class TokensScreen(BoardPage board) : IAsyncDisposable
{
    public const string Revoke = "Revoke tokens";
    public const string GiveTtl = "Give tokens a TTL";

    public BoardPage Board => board;

    public ILocator Main => board.Main;

    public ILocator Table => board.Page.GetByRole(AriaRole.Table, new() { Name = "Tokens" });

    public ILocator Runs => board.Page.GetByRole(AriaRole.Region, new() { Name = "Runs", Exact = true });

    public static async Task<TokensScreen> OpenAsync(WatchedTrio watched, BrowserNewContextOptions? how = null)
    {
        var screen = new TokensScreen(await watched.OpenAsync("/tokens", how));
        await screen.Board.LiveAsync();
        return screen;
    }

    public ILocator Button(string name) => CacheScreen.Button(board.Page.Locator("body"), name);

    public ILocator Dialog(string title) => board.Page.GetByRole(AriaRole.Dialog, new() { Name = title });

    /// <summary>What is said of the revocation for this user.</summary>
    public ILocator After(string user) => board.Page.GetByRole(AriaRole.Group, new() { Name = "After revoking tokens" })
        .Filter(new() { HasTextString = $"user {user}" });

    public async Task PasteAsync(string text)
    {
        await board.Page.GetByLabel("A token that you have").FillAsync(text);
        await Button("Find this token").ClickAsync();
    }

    public async Task FindOfUserAsync(string user)
    {
        await board.Page.GetByLabel("User id").FillAsync(user);
        await Button("Find").ClickAsync();
    }

    /// <summary>Says why, where it is asked for, and begins what the dialog shows.</summary>
    public async Task BeginAsync(string title, string? reason = null)
    {
        await (reason is null ? Task.CompletedTask : board.Page.Locator("#action-reason").FillAsync(reason));
        await CacheScreen.Button(Dialog(title), title).ClickAsync();
    }

    /// <summary>Asserts that the page is accessible and no wider than its screen.</summary>
    public async Task IsSoundAsync()
    {
        await board.IsNoWiderThanItsScreenAsync();
        await board.IsAccessibleAsync();
    }

    public ValueTask DisposeAsync() => board.DisposeAsync();
}
