using Dapper;
using Dashboard.Consoles;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>What only a browser shows of the console's edge: frames, repeated clicks, too many tabs, and a page that failed.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class EdgeJourneyTests(LoneConsole lone, Chromium chromium) : IClassFixture<LoneConsole>
{
    /// <summary>The default number of live pages per session.</summary>
    private const int PagesOfSession = 10;

    private readonly ConsoleProcess _console = lone.Console;

    [Fact]
    public async Task PageOfAnotherSite_MayNotFrameTheConsole()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.RouteAsync(
            "http://evil.example/",
            route => route.FulfillAsync(new()
            {
                ContentType = "text/html", Body = $"<iframe name=ours "
                + $"src={_console.Url}/sign-in></iframe>"
            }));
        var password = page.FrameLocator("[name=ours]").GetByLabel("Password");

        await page.GotoAsync("http://evil.example/");
        Assert.StartsWith("chrome-error:", page.Frame("ours")!.Url, StringComparison.Ordinal);
        await Assertions.Expect(password).ToHaveCountAsync(0);

        // The console's headers prevent the frame: without them it would show the sign-in.
        await page.RouteAsync(_console.Url + "/sign-in", async route =>
        {
            var reply = await route.FetchAsync();
            await route.FulfillAsync(new() { Status = reply.Status, Body = await reply.TextAsync(), ContentType = "text/html" });
        });
        await page.GotoAsync("http://evil.example/");
        await Assertions.Expect(password).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task TwentyClicks_AreOne()
    {
        await using var owner = await BoardPage.OpenSignedOutAsync(chromium, _console.Url, null);
        await Visitor.SignInAsync(owner.Page, _console.Url);
        await owner.Page.WaitForURLAsync(_console.Url + "/");
        await owner.GoAsync("/accounts");
        await BoardPage.LiveAsync(owner.Page);
        await owner.Page.Locator("#invite-name").FillAsync("guest");
        await ClickTwentyTimesAsync(owner, "Create link");
        await Assertions.Expect(owner.Page.Locator(".secret")).ToContainTextAsync("/set-up#");
        await owner.Page.Locator("#machine-name").FillAsync("grafana");
        await ClickTwentyTimesAsync(owner, "Create token");
        await Assertions.Expect(owner.Page.Locator(".secret").First).ToContainTextAsync("dash_");

        var token = owner.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "grafana" }).Last;
        await ClickTwentyTimesAsync(owner, "Revoke");
        await ClickTwentyTimesAsync(owner, "Revoke", within: ".mud-dialog");
        await Assertions.Expect(token).ToContainTextAsync("revoked");
        var guest = owner.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "guest" });
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "More for guest" }).ClickAsync();
        await ClickTwentyTimesAsync(owner, "Disable", within: ".mud-popover-open");
        await ClickTwentyTimesAsync(owner, "Disable", within: ".mud-dialog");
        await Assertions.Expect(guest).ToContainTextAsync("disabled since");
        owner.Faults.Expected = true; // The page is left while its circuit lives.
        await owner.GoAsync("/more");
        await ClickTwentyTimesAsync(owner, "Sign out");
        await Assertions.Expect(owner.Page).ToHaveTitleAsync("Sign in");

        Assert.Equal(
            ["account.invite guest done", "machine-token.make grafana done", "machine-token.revoke grafana done", "account.disable guest "
                + "done", "sign-out  done"],
            Read<string>("SELECT action || ' ' || coalesce(subject, '') || ' ' || result FROM audit WHERE action NOT IN ('sign-in', "
                + "'account.first-owner', 'settings.loaded') AND action NOT LIKE 'console.%' ORDER BY sequence"));
        Assert.Equal(
            [1L, 1L],
            [.. Read<long>("SELECT count(*) FROM machine_tokens"), .. Read<long>("SELECT count(*) FROM accounts WHERE name = 'guest'")]);
    }

    [Fact]
    public async Task EleventhTab_ReportsThatItIsNotLive()
    {
        await using var board = await OpenAsync("/more");
        await board.Page.EvaluateAsync($$"""
            () => Promise.all(Array.from({ length: {{PagesOfSession - 1}} }, () => new Promise(opened => {
              const tab = new WebSocket(location.origin.replace('http', 'ws') + '/_blazor');
              tab.onopen = () => { tab.send('{"protocol":"blazorpack","version":1}\u001e'); opened(); };
            })))
            """);

        var eleventh = await board.Page.Context.NewPageAsync();
        await eleventh.GotoAsync(_console.Url + "/more");

        await Assertions.Expect(eleventh.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("there are too many live pages: at most 10 in one browser, 20 of one account and 200 in all");
        await board.Page.CloseAsync();
        await eleventh.GetByRole(AriaRole.Link, new() { Name = "Load it again" }).ClickAsync();
        await BoardPage.LiveAsync(eleventh);
        await Assertions.Expect(eleventh.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task FailedCircuit_IsReported_AndRevealsNoInternals()
    {
        await using var board = await OpenAsync("/more");
        board.Faults.Expected = true; // The browser's own log has the console's one sentence.
        var messages = new List<string>();
        board.Page.Console += (_, message) => messages.Add(message.Text);

        // A message of the framework's protocol that no page sends: UpdateRootComponents("x", "x").
        await board.Page.EvaluateAsync(
            "() => { const name = 'UpdateRootComponents', text = s => [0xa0 | s.length, ...new TextEncoder().encode(s)]; const body = "
                + "[0x95, 1, 0x80, 0xc0, ...text(name), 0x92, ...text('x'), ...text('x')]; window.socket.send(new "
                + "Uint8Array([body.length, ...body])); }");

        var notice = board.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(notice).ToContainTextAsync("This page has stopped");
        Assert.All(messages, text => Assert.DoesNotMatch(@"   at |Exception:|\.cs\b|Dashboard\.[A-Z]", text));
        Assert.Empty(await Axe.ViolationsAsync(board.Page));
        await board.Page.SetViewportSizeAsync(320, 640);
        Assert.Equal(
            0, await board.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        await notice.GetByRole(AriaRole.Link, new() { Name = "Load it again" }).ClickAsync();
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    /// <summary>Opens a live page, with its connection in <c>window.socket</c>.</summary>
    private async Task<BoardPage> OpenAsync(string path)
    {
        var board = await BoardPage.OpenAsync(chromium, _console.Url, null);
        await board.Page.AddInitScriptAsync(
            "const Own = WebSocket; window.WebSocket = class extends Own { constructor(...all) { super(...all); window.socket ??= this; "
                + "} };");
        await board.GoAsync(path);
        await BoardPage.LiveAsync(board.Page);
        return board;
    }

    private static async Task ClickTwentyTimesAsync(BoardPage board, string button, string within = "#main")
    {
        await board.Page.Locator($"{within} :is(button, [role=menuitem])", new() { HasText = button }).First.WaitForAsync();
        await board.Page.EvaluateAsync(
            "([within, name]) => { document.activeElement?.blur(); const button = [...document.querySelectorAll(within + ' "
                + ":is(button, [role=menuitem])')].find(one => one.textContent.trim() === name); for (let i = 0; i < 20; i++) "
                + "button.click(); }",
            new[] { within, button });
    }

    private List<T> Read<T>(string sql)
    {
        using var connection =
            new SqliteConnection($"Data "
                + $"Source={Path.Combine(Path.GetDirectoryName(_console.HistoryFile)!, "console.db")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        return connection.Query<T>(sql).AsList();
    }
}
