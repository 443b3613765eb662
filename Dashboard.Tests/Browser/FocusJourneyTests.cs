using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>What has the focus vanishes with the act: people with a keyboard or a screen reader go on where its outcome is.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class FocusJourneyTests(WatchedTrio watched)
{
    [Fact]
    public async Task RevokedToken_HasTheFocusOnItsRow()
    {
        await using var board = await watched.OpenAsync("/accounts");
        await board.LiveAsync();
        await board.Page.Locator("#machine-name").FillAsync("focused");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        // The row of the owner names the token as well.
        var row = board.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "focused" }).Last;
        await Assertions.Expect(row).ToContainTextAsync("never used");
        await Assertions.Expect(board.Page.Locator("[tabindex='-1']:has(> * .secret)").Last).ToBeFocusedAsync();

        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke focused" }).PressAsync("Enter");
        await board.Page.Locator(".mud-message-box__yes-button").PressAsync("Enter");

        await Assertions.Expect(row).ToContainTextAsync("revoked");
        await Assertions.Expect(row).ToBeFocusedAsync();
    }

    /// <summary>The button is disabled while the log is checked, which takes the focus away.</summary>
    [Fact]
    public async Task CheckedAgain_KeepsTheFocusOnItsButton()
    {
        await using var board = await watched.OpenAsync("/audit");
        await board.LiveAsync();
        var verify = board.Page.GetByRole(AriaRole.Button, new() { Name = "Verify now" });

        await verify.PressAsync("Enter");

        await Assertions.Expect(verify).ToBeEnabledAsync();
        await Assertions.Expect(verify).ToBeFocusedAsync();
    }
}
