using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Components.Charts.Harness;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Every page is accessible, at every width and in either theme, with all well and with a failing instance.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class PageJourneyTests(WatchedTrio watched, Chromium chromium)
{
    /// <summary>Runs all rules of axe once per page; in the dark theme, only the colors differ.</summary>
    [Theory]
    [InlineData("/", "live · UTC")]
    [InlineData("/instances/cache", "live · UTC")]
    [InlineData("/instances/cable", "live · UTC")]
    [InlineData("/instances/session", "live · UTC")]
    [InlineData("/tokens", "What counts as a token")]
    [InlineData("/privileges", "no more than it needs")]
    [InlineData("/account", "Password", true, false)]
    [InlineData("/accounts", "Create link")]
    [InlineData("/audit", "as they were written")]
    [InlineData("/more", "Sign out")]
    [InlineData("/instances/nobody", "No instance is called")]
    [InlineData("/no/such/page", "There is no such page")]
    [InlineData("/sign-in", "Password", false, false)]
    [InlineData("/set-up", "Set up", false, false)]
    public async Task Page_IsAccessible_AndFitsEveryWidth(string path, string says, bool signedIn = true, bool live = true)
    {
        await using var board = await (signedIn ? watched.OpenAsync(null)
            : BoardPage.OpenSignedOutAsync(chromium, watched.Console.Url, null));
        board.Faults.Expected = path.Contains("no", StringComparison.Ordinal); // The browser itself logs a 404.
        await board.GoAsync(path);
        await Assertions.Expect(board.Page.Locator("body")).ToContainTextAsync(says);
        await (live ? board.LiveAsync() : Task.CompletedTask);
        await board.IsAccessibleAsync();
        await board.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(board.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await board.IsAccessibleAsync("color-contrast");
        foreach (var width in (int[])[1440, 390, 320])
        {
            await board.Page.SetViewportSizeAsync(width, 844);
            await board.IsNoWiderThanItsScreenAsync();
        }
    }

    /// <summary>In the dark theme, only the colors are left to check.</summary>
    [Fact]
    public async Task FailingInstance_IsAccessible_InTheDarkToo_AndFitsAPhone()
    {
        await using var desktop = await watched.OpenAsync();
        await desktop.AllAreWellAsync();
        await watched.Servers.Cable.KillAsync();
        try
        {
            await desktop.HeadlineSaysAsync("cable needs you now");
            await desktop.IsAccessibleAsync();
            await using var phone = await watched.OpenAsync("/", Screens.Phone(scheme: ColorScheme.Dark));
            foreach (var path in (string[])["/", "/instances/cable", "/instances/session"])
            {
                await phone.GoAsync(path);
                await Assertions.Expect(phone.Main).ToContainTextAsync(path == "/" ? "cable needs you now" : "live · UTC");
                await phone.IsAccessibleAsync("color-contrast");
                await phone.IsNoWiderThanItsScreenAsync();
                await phone.Page.SetViewportSizeAsync(320, 844);
                await phone.IsNoWiderThanItsScreenAsync();
            }
        }
        finally
        {
            await watched.Servers.Cable.RestartAsync();
        }

        await desktop.AllAreWellAsync();
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task LivePage_KeepsItsLayoutWhileItsNumbersChange(int width)
    {
        await using var board = await watched.OpenAsync(how: width < 700 ? Screens.Phone(width) : Screens.Desktop);
        await board.AllAreWellAsync();
        await Assertions.Expect(board.Page.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        await board.HideStripsAsync();
        await board.Page.EvaluateAsync(
            "() => { window.shifts = []; new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => `${e.value} "
                + "${e.sources.map(s => (s.node?.parentElement ?? s.node)?.outerHTML.slice(0, 120))}`))).observe({ type: 'layout-shift' "
                + "}); }");
        var boxes = await BoxesAsync(board);

        await Eventually.Async(() => board.Page.GetByText(new Regex(@"live · UTC")).InnerTextAsync(), FourPolls());

        // A unit moves when a number gains a digit; nothing else may move. A layout shift of 0.1 already counts as good.
        var shifts = await board.Page.EvaluateAsync<string[]>("() => window.shifts");
        Assert.True(
            shifts.Sum(shift => double.Parse(shift.Split(' ')[0], CultureInfo.InvariantCulture)) < 0.0005, string.Join("; ", shifts));
        Assert.Equal(boxes, await BoxesAsync(board));
    }

    [Fact]
    public async Task EveryControl_IsReachedByKeyboard_AndShowsItsFocus()
    {
        await using var board = await watched.OpenAsync("/instances/cache");
        await board.LiveAsync();
        await Assertions.Expect(board.Page.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).FocusAsync();
        await board.Page.Keyboard.PressAsync("Shift+Tab");
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();

        var reached = new List<string>();
        for (var press = 0; press < 120; press++)
        {
            await board.Page.Keyboard.PressAsync("Tab");
            var focused = await board.Page.EvaluateAsync<string>(
                "() => { const e = document.activeElement; if (e === document.body) return ''; const s = getComputedStyle(e); const "
                    + "shown = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || !!e.closest('.mud-input-control'); return "
                    + "(shown ? '' : 'unseen: ') + (e.getAttribute('aria-label') ?? e.innerText).trim(); }");
            if (focused.Length == 0)
            {
                break;
            }

            reached.Add(focused);
        }

        Assert.DoesNotContain(reached, name => name.StartsWith("unseen", StringComparison.Ordinal));
        Assert.All(
            ["Overview", "cable", "session", "5 m", "90 d", "Pause", "Show Hit rate as a table", "Save Memory as CSV"],
            name => Assert.Contains(name, reached));
        Assert.Contains(reached, name => name.EndsWith("theme. Switch.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReducedMotion_MovesNothingButData()
    {
        await using var board = await watched.OpenAsync("/instances/cache", new() { ReducedMotion = ReducedMotion.Reduce });
        await board.LiveAsync();

        var moving = await board.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('main *, nav *, dialog')].filter(e => { const s = getComputedStyle(e); const most = "
                + "Math.max(...s.transitionDuration.split(',').map(parseFloat)); return (most > 0.001) || (s.animationName !== 'none' && "
                + "parseFloat(s.animationDuration) > 0.001); }).map(e => e.tagName + '.' + e.className)");

        Assert.Empty(moving);
    }

    private static Task<string> BoxesAsync(BoardPage board) => board.Page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('article, .live-chart, header, .hero, .tile')].map(e => { const r = "
            + "e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height].map(Math.round).join(' '); }).join('; ')");

    private static Func<string, bool> FourPolls()
    {
        var seen = new HashSet<string>();
        return clock =>
        {
            seen.Add(clock);
            return seen.Count > 4;
        };
    }
}
