using System.Text;
using System.Text.RegularExpressions;
using Dashboard.Consoles;
using Dashboard.Info;
using Dashboard.Servers;
using Dashboard.Text;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Two hostile servers beside a healthy one: their text is shown as text, and has no other effect.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed partial class HostileJourneyTests(Chromium chromium)
{
    private const string Markup = "<img src=x onerror=alert(1)><svg/onload=alert(1)>";

    [Fact]
    public async Task HostileText_IsShownAsText_RunsNothing_AndBreaksNothing()
    {
        await using var cable = await TestServer.StartAsync("maxmemory 16mb", "maxmemory-policy noeviction");
        await using var session = new HostileServer { Info = Facts(), Config = Encoding.UTF8.GetBytes(new string('W', 400)) };
        await using var cache = new HostileServer
        {
            Error = Encoding.UTF8.GetBytes($"ERR "
            + $"{Markup}\u001b[2J\u202e{new string('W', 400)}\r\n+OK\r\n-info: Dashboard.Access[1] root signed in")
        };
        await using var console = await ConsoleProcess.StartAsync(
            $"Dashboard:Instances:cache:Url=redis://{cache.Endpoint}", $"Dashboard:Instances:cable:Url=redis://{cable.Endpoint}",
            $"Dashboard:Instances:session:Url=redis://{session.Endpoint}");

        await using var board = await BoardPage.OpenAsync(chromium, console.Url, path: null);
        await board.Page.AddInitScriptAsync("window.alert = () => { window.ran = true }");

        await board.GoAsync("/");
        await board.CardSaysAsync("cache", "error", $@"ERR {Markup}\x1b[2J\u202eWWW");
        await board.CardSaysAsync("session", "wrong policy", $"maxmemory-policy {Markup}");
        await board.CardSaysAsync("cable", "Live updates can be sent.");
        await AssertCalmAsync(board);

        await board.GoAsync("/instances/session/info");
        await Assertions.Expect(board.Main).ToContainTextAsync("\"><script>alert(1)</script>");
        await Assertions.Expect(board.Main).ToContainTextAsync(@"rm -rf\x08\x08");
        await Assertions.Expect(board.Main).ToContainTextAsync(@"token:\u202egnp.exe");
        await AssertCalmAsync(board);
        await board.NextPollAsync();

        await board.GoAsync($"/instances/session/info?find={Uri.EscapeDataString(Markup + "\u202e\0")}");
        await Assertions.Expect(board.Main).ToContainTextAsync($@"No field matches “{Markup}\u202e\x00”.");
        await AssertCalmAsync(board);

        await board.GoAsync("/instances/cache");
        await Assertions.Expect(board.Main).ToContainTextAsync($"answered with an error: ERR {Markup}");
        await AssertCalmAsync(board);

        AssertCalm(console.Output);
    }

    private static async Task AssertCalmAsync(BoardPage board)
    {
        Assert.False(await board.Page.EvaluateAsync<bool>("() => window.ran === true"));
        Assert.Equal(0, await board.Main.Locator("script, img, iframe, object, embed, style, [onload], [onerror], [onfocus]").CountAsync());
        foreach (var width in (int[])[1440, 390])
        {
            await board.Page.SetViewportSizeAsync(width, 844);
            await board.IsNoWiderThanItsScreenAsync();
            await AssertNothingSticksOutAsync(board);
        }
    }

    private static async Task AssertNothingSticksOutAsync(BoardPage board)
    {
        var wide = await board.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('#main *')]
              .filter(one => one.checkVisibility() && !one.closest('svg, .scroll, .mud-input-control, nav')
                && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .map(one => `${one.tagName}.${one.className}: ${Math.round(one.getBoundingClientRect().right)} `
                + `${one.textContent.slice(0, 60)}`)
            """);
        Assert.True(wide.Length == 0, string.Join('\n', wide));
        // The INFO table scrolls downwards only.
        Assert.True(
            await board.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.scroll')].every(one => one.scrollWidth <= "
                + "one.clientWidth + 1)"));
    }

    /// <summary>Asserts that every line names a category of the program, or is indented under one.</summary>
    private static void AssertCalm(string log)
    {
        Assert.Contains("cache gives no facts: Other (ERR <img", log, StringComparison.Ordinal);
        Assert.All(log.Split('\n'), line =>
        {
            Harmless.Assert(line, 600);
            Assert.Matches(LogLine(), line);
            Assert.DoesNotContain("Dashboard.Access", line, StringComparison.Ordinal);
        });
    }

    /// <summary>The corpus in fields of its own, and the worst of it in the fields that pages show first.</summary>
    private static byte[] Facts()
    {
        var info = Given.Info(
            "valkey-8.0.1-session", ("valkey_version", "\"><script>alert(1)</script>"), ("maxmemory_policy", Markup),
            ("role", new string('W', 400)), ("run_id", "\u202e\0\u001b[2J"),
            ("executable", HostileTexts.Text("backspace")), ("config_file", HostileTexts.Text("marks")), ("os", HostileTexts.Text("wide")),
            ($"errorstat_{Markup}", "count=1"), ($"db0{Markup}", "keys=1"), (new string('W', 400), Markup));
        return [.. Encoding.UTF8.GetBytes($"{info}\r\n# {Markup}\r\n{HostileInfo.Mixed()}\r\nbytes:"), 0xff, 0x80, 0xc3,
            .. Encoding.UTF8.GetBytes($"\r\nlong:{HostileTexts.Text("megabyte")[..500_000]}\r\n")];
    }

    [GeneratedRegex(@"^((info|warn|fail|crit): (Dashboard|Microsoft)\.[A-Za-z.`0-9\[\]]+$|      .*$|server-pid \d+$|$)")]
    private static partial Regex LogLine();
}
