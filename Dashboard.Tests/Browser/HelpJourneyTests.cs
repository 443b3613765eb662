using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The explanation of a number can be read with the pointer on it, and is closed by Escape (WCAG 1.4.13).</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class HelpJourneyTests(WatchedTrio watched)
{
    [Fact]
    public async Task Explanation_StaysWhileThePointerIsOnIt()
    {
        await using var board = await watched.OpenAsync("/instances/cache");
        await board.LiveAsync();
        var help = board.Page.Locator(".help-text.mud-popover-open");
        var name = board.Chart("Hit rate").Locator(".help");

        await name.HoverAsync();
        await Assertions.Expect(help).ToContainTextAsync("Good:");
        await help.HoverAsync();
        await board.NextPollAsync();
        await Assertions.Expect(help).ToBeVisibleAsync();
        await board.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).HoverAsync();
        await Assertions.Expect(help).ToHaveCountAsync(0);

        await name.HoverAsync();
        await help.HoverAsync();
        await board.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(help).ToHaveCountAsync(0);
    }
}
