using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Components.Charts.Harness;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Every page at every width and in either theme, all well and with an instance that hurts.</summary>
[Trait("Needs", "Browser")]
public sealed class PageJourneyTests(WatchedTrio watched) : IClassFixture<WatchedTrio>
{
    private static readonly string[] Pages = ["/", "/instances/session", "/privileges", "/instances/nobody", "/no/such/page"];

    public static TheoryData<string, BrowserNewContextOptions, bool> Screens => new()
    {
        { "desk, light", Looks.Desk, false },
        { "desk, dark, hurting", Looks.DarkDesk, true },
        { "phone, dark", Looks.Phone(scheme: ColorScheme.Dark), false },
        { "phone, light, hurting", Looks.Phone(), true },
        { "small phone, light, hurting", Looks.Phone(320), true },
    };

    [Theory, MemberData(nameof(Screens), DisableDiscoveryEnumeration = true)]
    public async Task Page_IsAccessible_AndFitsItsWidth(string screen, BrowserNewContextOptions how, bool hurting)
    {
        await using var board = await watched.OpenAsync(how: how);
        await HurtAsync(board, hurting);
        try
        {
            foreach (var path in hurting ? Pages : [.. Pages, "/instances/cache", "/instances/cable"])
            {
                board.Faults.Expected = path.Contains("no", StringComparison.Ordinal); // The browser itself tells of a 404.
                await board.GoAsync(path);
                await Assertions.Expect(board.Main).ToContainTextAsync(
                    path.Contains("no", StringComparison.Ordinal) ? "no" : path == "/privileges" ? "Check again" : "live · UTC", new() { IgnoreCase = true });
                // The head is drawn anew when the circuit takes the page over.
                await Assertions.Expect(board.Page).ToHaveTitleAsync(new Regex("."));

                var found = await board.Page.RunAxe();
                var wide = await board.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

                Assert.True(found.Violations.Length == 0, $"{screen}, {path}: {string.Join("; ", found.Violations.Select(rule => $"{rule.Id} at {string.Join(", ", rule.Nodes.Take(3).Select(node => node.Html))}"))}");
                Assert.True(wide == 0, $"{screen}, {path}: {wide} pixels wider than the screen");
            }
        }
        finally
        {
            watched.Servers.Cable.Continue();
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task LivePage_StandsStillWhileItsNumbersMove(int width)
    {
        await using var board = await watched.OpenAsync(how: width < 700 ? Looks.Phone(width) : Looks.Desk);
        await board.AllAreWellAsync();
        await Assertions.Expect(board.Page.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        await board.Page.EvaluateAsync("() => { window.shifts = []; new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => `${e.value} ${e.sources.map(s => (s.node?.parentElement ?? s.node)?.outerHTML.slice(0, 120))}`))).observe({ type: 'layout-shift' }); }");
        var boxes = await BoxesAsync(board);

        await Dashboard.Servers.Eventually.Async(() => board.Page.GetByText(new Regex(@"live · UTC")).InnerTextAsync(), SixSeconds());

        // A unit makes room for a number that grew a digit; nothing else may move. 0.1 is what the field calls good.
        var shifts = await board.Page.EvaluateAsync<string[]>("() => window.shifts");
        Assert.True(shifts.Sum(shift => double.Parse(shift.Split(' ')[0], CultureInfo.InvariantCulture)) < 0.0005, string.Join("; ", shifts));
        Assert.Equal(boxes, await BoxesAsync(board));
    }

    [Fact]
    public async Task EveryControl_IsReachedByKeyboard_AndShowsThatItIs()
    {
        await using var board = await watched.OpenAsync("/instances/cache");
        await board.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(board.Page.Locator(ChartMarkup.Line).First).ToHaveCountAsync(1);
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).FocusAsync();
        await board.Page.Keyboard.PressAsync("Shift+Tab");
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();

        var reached = new List<string>();
        for (var press = 0; press < 120; press++)
        {
            await board.Page.Keyboard.PressAsync("Tab");
            var focused = await board.Page.EvaluateAsync<string>(
                "() => { const e = document.activeElement; if (e === document.body) return ''; const s = getComputedStyle(e); const shown = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || !!e.closest('.mud-input-control'); return (shown ? '' : 'unseen: ') + (e.getAttribute('aria-label') ?? e.innerText).trim(); }");
            if (focused.Length == 0)
            {
                break;
            }

            reached.Add(focused);
        }

        Assert.DoesNotContain(reached, name => name.StartsWith("unseen", StringComparison.Ordinal));
        Assert.All(["Overview", "cable", "session", "5 m", "90 d", "Pause", "Show Hit rate as a table", "Save Memory as CSV"], name => Assert.Contains(name, reached));
        Assert.Contains(reached, name => name.EndsWith("theme. Switch.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReducedMotion_MovesNothingButData()
    {
        await using var board = await watched.OpenAsync("/instances/cache", new() { ReducedMotion = ReducedMotion.Reduce });
        await board.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var moving = await board.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('main *, nav *, dialog')].filter(e => { const s = getComputedStyle(e); const most = Math.max(...s.transitionDuration.split(',').map(parseFloat)); return (most > 0.001) || (s.animationName !== 'none' && parseFloat(s.animationDuration) > 0.001); }).map(e => e.tagName + '.' + e.className)");

        Assert.Empty(moving);
    }

    private async Task HurtAsync(BoardPage board, bool hurting)
    {
        if (hurting)
        {
            watched.Servers.Cable.Stop();
            await board.HeadlineSaysAsync("cable needs you now.");
        }
        else
        {
            await board.AllAreWellAsync();
        }
    }

    private static Task<string> BoxesAsync(BoardPage board) => board.Page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('article, .live-chart, header, .hero, .tile')].map(e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height].map(Math.round).join(' '); }).join('; ')");

    private static Func<string, bool> SixSeconds()
    {
        var seen = new HashSet<string>();
        return clock =>
        {
            seen.Add(clock);
            return seen.Count > 6;
        };
    }
}
