using System.Text.RegularExpressions;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>
/// A page of the console in the browser. Its parts are found by what a person sees. Script errors and foreign requests fail the test when
/// it closes.
/// </summary>
internal sealed partial class BoardPage : IAsyncDisposable
{
    private readonly string _url;

    private BoardPage(IPage page, string url) => (Page, _url, Faults) = (page, url, new PageFaults(page, url));

    public IPage Page { get; }

    public PageFaults Faults { get; }

    /// <summary>The region of the worst finding.</summary>
    public ILocator Headline => Page.GetByRole(AriaRole.Region, new() { Name = "What hurts most" });

    /// <summary>The time of the facts shown.</summary>
    public ILocator AsOf => Page.GetByText(AsOfTime()).First;

    public ILocator Main => Page.Locator("#main");

    /// <summary>Opens a page with the owner signed in.</summary>
    /// <param name="path">E.g. <c>/instances/cache?window=1h</c>; null opens nothing yet.</param>
    /// <param name="whole">True for the full browser, as people use it.</param>
    public static async Task<BoardPage> OpenAsync(
        Chromium chromium, string url, string? path = "/", BrowserNewContextOptions? how = null, bool whole = false) =>
        await OpenContextAsync(chromium, url, path, await Visitor.SignedInAsync(chromium, url, how), whole);

    /// <summary>Opens a page for a visitor who is not signed in.</summary>
    public static Task<BoardPage> OpenSignedOutAsync(Chromium chromium, string url, string? path = "/",
        BrowserNewContextOptions? how = null) =>
        OpenContextAsync(chromium, url, path, how ?? Screens.Desktop);

    private static async Task<BoardPage> OpenContextAsync(
        Chromium chromium, string url, string? path, BrowserNewContextOptions how, bool whole = false)
    {
        var context = await chromium.NewContextAsync(how, whole);
        var board = new BoardPage(await context.NewPageAsync(), url);
        await (path is null ? Task.CompletedTask : board.GoAsync(path));
        return board;
    }

    public Task<IResponse?> GoAsync(string path) => Page.GotoAsync(_url + path);

    public ILocator Card(string instance) => Page.GetByRole(AriaRole.Article, new() { Name = instance, Exact = true });

    public ILocator Chart(string title) => Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    /// <summary>Waits until the card of an instance shows all of these words.</summary>
    public async Task CardSaysAsync(string instance, params string[] words)
    {
        foreach (var word in words)
        {
            await Assertions.Expect(Card(instance)).ToContainTextAsync(word);
        }
    }

    public Task HeadlineSaysAsync(string words) => Assertions.Expect(Headline).ToContainTextAsync(words);

    public Task AllAreWellAsync() => Assertions.Expect(Main).ToContainTextAsync("All 3 healthy.");

    /// <summary>Waits until the tab has this title and the icon of this level.</summary>
    public async Task TabSaysAsync(string title, string level)
    {
        await Assertions.Expect(Page).ToHaveTitleAsync(title);
        await Assertions.Expect(Page.Locator("link[rel=icon]").Last).ToHaveAttributeAsync("href", $"favicon-{level}.svg");
    }

    /// <summary>Waits until the facts of a later poll are shown.</summary>
    public async Task NextPollAsync()
    {
        var before = await AsOf.InnerTextAsync();
        await Assertions.Expect(AsOf).Not.ToHaveTextAsync(before);
    }

    /// <summary>Waits until the page handles clicks; earlier ones are lost.</summary>
    public Task LiveAsync() => LiveAsync(Page);

    /// <summary>Waits until the page requests a script, which it does once its circuit has begun.</summary>
    public static async Task LiveAsync(IPage page) => await Eventually.Async(
        () => page.EvaluateAsync<string>("() => performance.getEntriesByType('resource').map(entry => entry.name).join(' ')"),
        loaded => loaded.Contains("SessionGuard.", StringComparison.Ordinal));

    /// <summary>Hides what the page says of earlier revocations: it grows with each thing that is found, and goes in the end.</summary>
    public Task HideStripsAsync() => Eventually.Async(async () =>
    {
        var hide = Page.GetByRole(AriaRole.Button, new() { Name = "Hide", Exact = true });
        var left = await hide.CountAsync();
        if (left > 0)
        {
            await hide.First.ClickAsync();
        }

        return left == 0;
    });

    /// <summary>Asserts that the page is accessible, as far as axe can check.</summary>
    /// <param name="rules">The only rules to check; none to check all rules of axe.</param>
    public async Task IsAccessibleAsync(params string[] rules)
    {
        var found = await Axe.ViolationsAsync(Page, null, rules);
        Assert.True(found.Length == 0, $"{Page.Url}: {string.Join("; ", found)}");
    }

    /// <summary>Waits until the layout has followed the screen and fits its width.</summary>
    public async Task IsNoWiderThanItsScreenAsync() => await Eventually.Async(
        () => Page.EvaluateAsync<string>("() => `${innerWidth}: ${document.documentElement.scrollWidth - "
            + "document.documentElement.clientWidth} pixels too wide`"),
        text => text.EndsWith(": 0 pixels too wide", StringComparison.Ordinal));

    [GeneratedRegex(@"as of \d\d:\d\d:\d\d")]
    private static partial Regex AsOfTime();

    public async ValueTask DisposeAsync()
    {
        await Faults.SearchedAsync();
        await Page.Context.CloseAsync();
        Assert.True(Faults.Seen.Count == 0, string.Join('\n', Faults.Seen));
    }
}
