using Dapper;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>People who sign in and out, and what happens to their open pages.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class SignInJourneyTests(WatchedTrio watched, Chromium chromium)
{
    private static readonly string GuestPassword = Canaries.Password("a long and quiet evening");

    /// <summary>Selects the session that a test just began; the other tests share a session of the owner.</summary>
    private const string Newest = "WHERE hash = (SELECT hash FROM sessions ORDER BY begun_at DESC LIMIT 1)";

    private string Url => watched.Console.Url;

    [Fact]
    public async Task Stranger_IsSentToSignIn_AndBackToTheRequestedPage()
    {
        await using var board = await BoardPage.OpenSignedOutAsync(chromium, Url, "/instances/session?window=1h");
        await Assertions.Expect(board.Page).ToHaveTitleAsync("Sign in");
        await board.Page.GetByLabel("Name").FillAsync(ConsoleProcess.OwnerName);
        await board.Page.GetByLabel("Password").FillAsync("not the password");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await Assertions.Expect(board.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name or password is wrong.");
        await board.Page.GetByLabel("Password").FillAsync(ConsoleProcess.OwnerPassword);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await board.Page.WaitForURLAsync(Url + "/instances/session?window=1h");
        await Assertions.Expect(board.Main).ToContainTextAsync("live · UTC");
    }

    [Fact]
    public async Task SignOut_EndsTheOtherTabAtOnce()
    {
        await using var board = await BoardPage.OpenSignedOutAsync(chromium, Url, null);
        await Visitor.SignInAsync(board.Page, Url);
        await Assertions.Expect(board.Main).ToContainTextAsync("live · UTC");
        var other = await board.Page.Context.NewPageAsync();
        await other.GotoAsync(Url + "/more");
        board.Faults.Expected = true; // Its connection is cut.

        await other.Locator("#main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Assertions.Expect(board.Page).ToHaveTitleAsync("Sign in");
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Your session has ended. Sign in again.");
        // A call without an answer is logged a minute later; SessionGuardTests cover that.
        Assert.DoesNotContain("Unhandled exception", watched.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvitedOperator_ChoosesAPassword_LosesTheirPagesWithTheirRights()
    {
        await using var owner = await watched.OpenAsync("/accounts");
        await using var guest = await BoardPage.OpenSignedOutAsync(chromium, Url, null);
        await owner.LiveAsync();
        await owner.Page.Locator("#invite-name").FillAsync("guest");
        await owner.Page.GetByLabel("operator on all instances").CheckAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Create link" }).ClickAsync();
        var link = await owner.Page.Locator(".secret").InnerTextAsync();

        await guest.Page.GotoAsync(link);
        Canaries.Register(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        Assert.DoesNotContain('#', guest.Page.Url);
        await Assertions.Expect(guest.Page.Locator("#secret")).ToBeHiddenAsync();
        await guest.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(GuestPassword);
        await guest.Page.GetByLabel("The same again").FillAsync(GuestPassword);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Done. Sign in with the password you chose.");
        await Visitor.SignInAsync(guest.Page, Url, "guest", GuestPassword);
        await guest.Page.WaitForURLAsync(Url + "/");
        await guest.GoAsync("/audit");
        await Assertions.Expect(guest.Main).ToContainTextAsync("Invite guest");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).WaitForAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = "Accounts" })).ToHaveCountAsync(0);
        guest.Faults.Expected = true; // The browser itself logs a 403.
        await guest.GoAsync("/accounts");
        await Assertions.Expect(guest.Main).ToContainTextAsync("You may not see this page");
        guest.Faults.Expected = false;
        await guest.GoAsync("/audit");
        await Assertions.Expect(guest.Main).ToContainTextAsync("as they were written");

        // A role is taken away: the open page is replaced within five seconds, without a click.
        var dialog = owner.Page.Locator(".mud-dialog");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Roles of guest" }).ClickAsync();
        await dialog.GetByLabel("operator on all instances").UncheckAsync();
        await owner.IsAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save the roles" }).ClickAsync();
        await Assertions.Expect(guest.Main).ToContainTextAsync("You may not see this page");

        guest.Faults.Expected = true;
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "More for guest" }).ClickAsync();
        await owner.Page.GetByText("Disable", new() { Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Assertions.Expect(guest.Page).ToHaveTitleAsync("Sign in");
    }

    [Fact]
    public async Task OldPassword_IsAskedForOnceMore_BeforeAnActIsDone()
    {
        await using var owner = await BoardPage.OpenSignedOutAsync(chromium, Url, null);
        await Visitor.SignInAsync(owner.Page, Url);
        await owner.Page.WaitForURLAsync(Url + "/");
        await owner.GoAsync("/accounts");
        await owner.LiveAsync();
        Change("UPDATE sessions SET confirmed_at = confirmed_at - 400000 " + Newest);

        await owner.Page.Locator("#machine-name").FillAsync("grafana");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        var dialog = owner.Page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it is you" });
        owner.Faults.Expected = true; // The browser itself logs a 403.
        await dialog.GetByLabel("Password or code").FillAsync("not the password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("That is not your password.");
        await dialog.GetByLabel("Password or code").FillAsync(ConsoleProcess.OwnerPassword);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Assertions.Expect(owner.Page.Locator(".secret")).ToContainTextAsync("dash_");
        Canaries.Register(await owner.Page.Locator(".secret").InnerTextAsync());
        Assert.InRange(owner.Faults.Frames, 10, int.MaxValue);
    }

    [Fact]
    public async Task Away_TheBoardContinues_AndActingWaitsForThePassword()
    {
        await using var owner = await BoardPage.OpenSignedOutAsync(chromium, Url, null);
        await Visitor.SignInAsync(owner.Page, Url);
        await owner.Page.WaitForURLAsync(Url + "/");
        Change("UPDATE sessions SET active_at = active_at - 2000000 " + Newest);

        await Assertions.Expect(owner.Main).ToContainTextAsync("You were away for 30 minutes.");
        await owner.NextPollAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm that it is you" }).ClickAsync();
        await owner.Page.GetByLabel("Password or code").FillAsync(ConsoleProcess.OwnerPassword);
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();

        await Assertions.Expect(owner.Main).Not.ToContainTextAsync("You were away");
    }

    /// <summary>Changes the console's own file directly, as the passing of time would.</summary>
    private void Change(string sql)
    {
        using var connection = watched.Records();
        connection.Execute(sql);
    }
}
