using System.Collections.Concurrent;
using Dashboard.Access.Oidc;
using Dashboard.Consoles;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>People who sign in through a provider, in a browser that checks every step against the content security policy.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class OidcJourneyTests(OidcConsole shared, Chromium chromium) : IClassFixture<OidcConsole>, IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly FakeOidcProvider _provider = shared.Provider;
    private readonly ConsoleProcess _console = shared.Console;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _provider.Behaviour = new();
        _page = await (await chromium.NewContextAsync()).NewPageAsync();
        _page.Context.Console += (_, message) => NoteError(message);
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.CloseAsync();
        Assert.Empty(_errors);
    }

    /// <summary>
    /// A provider that uses another one redirects on its own: the content security policy of the console's forms would block that.
    /// </summary>
    [Fact]
    public async Task Button_LeadsThroughTheProvider_AndTheOneItUses_AndBack()
    {
        _provider.Behaviour = _provider.Behaviour with { Before = ThroughAnother };
        await _page.GotoAsync(_console.Url + "/sign-in?return=%2Fmore");
        Assert.Empty(await Axe.ViolationsAsync(_page));

        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Test Provider" }).ClickAsync();

        await _page.WaitForURLAsync(_console.Url + "/more");
        await Assertions.Expect(_page.Locator("#main")).ToContainTextAsync("guest");
    }

    [Fact]
    public async Task Refused_IsReportedAtTheConsolesSignIn()
    {
        _provider.Behaviour = _provider.Behaviour.With("groups", "others");
        await _page.GotoAsync(_console.Url + "/sign-in");

        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Test Provider" }).ClickAsync();

        await Assertions.Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Test Provider knows you, but you have no role here.");
        await Visitor.SignInAsync(_page, _console.Url);
        await _page.WaitForURLAsync(_console.Url + "/");
    }

    [Fact]
    public async Task Acting_LeadsThroughTheProviderOnceMore_InATabOfItsOwn()
    {
        _provider.Behaviour = _provider.Behaviour.With("groups", "leads");
        await _page.GotoAsync(_console.Url + "/sign-in?return=%2Faccounts");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Test Provider" }).ClickAsync();
        await _page.WaitForURLAsync(_console.Url + "/accounts");
        await BoardPage.LiveAsync(_page);
        await _page.Locator("#machine-name").FillAsync("grafana");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it is you" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "I have signed in" }).ClickAsync();
        await Assertions.Expect(_page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Confirm that it is you, then try again.");

        await _page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        _provider.Behaviour = _provider.Behaviour.With("auth_time", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var tab =
            await _page.Context.RunAndWaitForPageAsync(
                () => dialog.GetByRole(AriaRole.Button, new() { Name = "Open the sign-in" }).ClickAsync());
        await Assertions.Expect(tab.GetByRole(AriaRole.Status).First).ToContainTextAsync("acting is open for five minutes");
        Assert.Empty(await Axe.ViolationsAsync(tab));
        await tab.CloseAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "I have signed in" }).ClickAsync();

        await Assertions.Expect(_page.Locator(".secret")).ToContainTextAsync("dash_");
    }

    /// <summary>Redirects to another origin on the same machine.</summary>
    private static async Task ThroughAnother(Microsoft.AspNetCore.Http.HttpContext context)
    {
        if (context.Request.Path == "/authorize" && context.Request.Host.Host == "127.0.0.1")
        {
            context.Response.Redirect($"http://localhost:{context.Request.Host.Port}/authorize{context.Request.QueryString}");
            await context.Response.StartAsync();
        }
    }

    private void NoteError(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            _errors.Enqueue($"{message.Text} ({message.Location})");
        }
    }
}
