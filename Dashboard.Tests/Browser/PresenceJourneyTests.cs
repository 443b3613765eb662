using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Two people at one instance see each other, before one of them acts.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class PresenceJourneyTests(WatchedTrio watched)
{
    private const string Reclaim = "Reclaim expired keys";

    [Fact]
    public async Task WhoElseIsHere_IsShownOnThePage_AndInTheDialog()
    {
        await using var owner = await watched.OpenAsync("/accounts", Screens.Phone());
        await using var mia = await watched.InviteAsync(owner, "mia", "operator on all instances");
        await owner.GoAsync("/instances/cache/actions");
        await owner.LiveAsync();
        await Assertions.Expect(Others(owner)).ToHaveCountAsync(0);

        await mia.GoAsync("/instances/cache/actions");
        await mia.LiveAsync();

        await Assertions.Expect(Others(owner)).ToHaveTextAsync("1 other here");
        await Assertions.Expect(Others(mia).Locator(".help")).ToHaveAttributeAsync("aria-description", "owner is looking at cache.");
        await owner.IsAccessibleAsync();
        await owner.IsNoWiderThanItsScreenAsync();
        await Others(owner).Locator(".help").TapAsync();
        await Assertions.Expect(owner.Page.GetByText("mia is looking at cache.")).ToBeInViewportAsync(new() { Ratio = 1 });
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = $"Preview: {Reclaim}", Exact = true }).ClickAsync();
        var dialog = owner.Page.GetByRole(AriaRole.Dialog, new() { Name = Reclaim });
        await Assertions.Expect(dialog).ToContainTextAsync("mia is looking at cache.");
        await Assertions.Expect(Others(mia).Locator(".help")).ToHaveAttributeAsync(
            "aria-description", "owner is looking at cache. owner has the dialog open to reclaim expired keys.");
        await owner.IsAccessibleAsync();

        await mia.GoAsync("/");
        await Assertions.Expect(Others(owner)).ToHaveCountAsync(0);
    }

    private static ILocator Others(BoardPage board) => board.Page.Locator(".others");
}
