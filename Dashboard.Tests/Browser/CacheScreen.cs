using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The page of an instance with what flushes it: the dialogs, the runs, and what can be undone.</summary>
internal sealed class CacheScreen(BoardPage board) : IAsyncDisposable
{
    public const string Flush = "Flush the cache";
    public const string ByPrefix = "Flush by prefix";

    public BoardPage Board => board;

    public ILocator Runs => board.Page.GetByRole(AriaRole.Region, new() { Name = "Runs", Exact = true });

    /// <summary>The strip that is shown for as long as a flush can be undone.</summary>
    public ILocator Kept => board.Page.GetByRole(AriaRole.Region, new() { Name = "Undo", Exact = true });

    public ILocator Undo => Button(Kept, "Undo");

    public ILocator GiveUp => Button(Kept, "Free memory now");

    public ILocator SureToGiveUp => Button(Kept, "Yes, end Undo");

    public ILocator StepUp => board.Page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it is you" });

    public static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Offer(string title) => board.Page.GetByRole(AriaRole.Button, new() { Name = $"Preview: {title}", Exact = true });

    public ILocator Dialog(string title) => board.Page.GetByRole(AriaRole.Dialog, new() { Name = title });

    public ILocator Begin(string title) => Button(Dialog(title), title);

    public async Task PreviewAsync(string title)
    {
        await board.LiveAsync();
        await Offer(title).ClickAsync();
    }

    /// <summary>Types the phrase and the reason, once the dialog asks for them.</summary>
    public async Task TypeAsync(string title, string phrase, string reason)
    {
        await Dialog(title).Locator("#action-phrase").FillAsync(phrase);
        await Dialog(title).GetByLabel("Why, for the audit log").FillAsync(reason);
    }

    public async Task BeginAsync(string title, string phrase, string reason)
    {
        await TypeAsync(title, phrase, reason);
        await Begin(title).ClickAsync();
        await Assertions.Expect(Dialog(title)).ToBeHiddenAsync();
    }

    /// <summary>Where the panel of the actions ends, in pixels from the top of the page.</summary>
    public Task<double> PanelEndAsync() =>
        board.Page.EvaluateAsync<double>("() => document.querySelector('.actions').getBoundingClientRect().bottom + scrollY");

    /// <summary>Asserts that the page is accessible, and that nothing is wider than its container.</summary>
    /// <param name="part">The part to check for accessibility; null for the whole page.</param>
    public async Task IsSoundAsync(ILocator? part = null)
    {
        Assert.Empty(await Axe.ViolationsAsync(board.Page, part));
        Assert.Empty(await board.Page.EvaluateAsync<string[]>(
            "() => [document.documentElement, ...document.querySelectorAll('dialog[open], .mud-dialog, .undo')].filter(box => "
                + "box.scrollWidth > box.clientWidth).map(box => `${box.className || 'page'} is ${box.scrollWidth - box.clientWidth} px "
                + "too wide`)"));
    }

    public ValueTask DisposeAsync() => board.DisposeAsync();
}
