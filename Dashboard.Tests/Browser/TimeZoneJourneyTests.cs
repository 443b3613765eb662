using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Times are in UTC until a person chooses their own zone; then everything they see follows, and stays so.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed partial class TimeZoneJourneyTests(WatchedTrio watched)
{
    [Fact]
    public async Task LocalTime_IsFollowedByClockChartAndAudit_AndRemembered()
    {
        await using var board = await watched.OpenAsync("/instances/cache", new(Screens.Desktop) { TimezoneId = "Asia/Kolkata" });
        var page = board.Page;
        var clock = page.Locator("[data-clock]");
        await Assertions.Expect(clock).ToHaveTextAsync(UtcClock());
        await board.LiveAsync();

        await Choice(page, "Local").ClickAsync();

        await Assertions.Expect(clock).ToHaveTextAsync(IndianClock());
        await Assertions.Expect(Choice(page, "Local")).ToHaveAttributeAsync("aria-pressed", "true");
        await board.IsAccessibleAsync();

        // The times of the axis are half an hour from those of UTC: in a window of 6 hours, labels are whole hours of India.
        await board.GoAsync("/instances/cache?window=6h");
        await Assertions.Expect(clock).ToHaveTextAsync(IndianClock());
        var plot = board.Chart("Operations").Locator("[data-chart]");
        await Assertions.Expect(plot.Locator("text.time").First).ToBeVisibleAsync();
        var label = await plot.Locator("text.time").Last.TextContentAsync();
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(5.5));
        Assert.Contains(
            label, Enumerable.Range(0, 8).Select(hours => now.AddHours(-hours)).Select(at => at.Hour == 0 ? $"{at:d MMM}" : $"{at:HH}:00"));
        await plot.HoverAsync();
        await Assertions.Expect(plot.Locator(".tip .when")).ToHaveTextAsync(ClockWithOffset());

        await board.GoAsync("/audit");
        await Assertions.Expect(page.Locator(".standing")).ToHaveTextAsync(IndianCheck());
        await Assertions.Expect(page.Locator("thead")).ToContainTextAsync("When, local time");
        await Assertions.Expect(page.Locator("tbody time").First).ToHaveTextAsync(IndianStamp());
        await page.Locator("tbody time").First.HoverAsync();
        await Assertions.Expect(page.Locator("tbody time").First).ToHaveAttributeAsync("title", Title());

        // The server draws it so at once, before any script runs; a reload does not go back to UTC.
        var drawn = await (await page.APIRequest.GetAsync(page.Url)).TextAsync();
        Assert.Matches(IndianClock(), drawn);
        await page.ReloadAsync();
        await Assertions.Expect(clock).ToHaveTextAsync(IndianClock());

        await board.LiveAsync();
        await Choice(page, "UTC").ClickAsync();

        await Assertions.Expect(clock).ToHaveTextAsync(UtcClock());
        await Assertions.Expect(page.Locator("thead")).ToContainTextAsync("When, UTC");
    }

    /// <summary>What is open and typed stays when the zone changes.</summary>
    [Fact]
    public async Task Search_StaysWhenTheZoneChanges()
    {
        await using var board = await watched.OpenAsync("/instances/cache/info", new(Screens.Desktop) { TimezoneId = "America/New_York" });
        await board.LiveAsync();
        var search = board.Page.GetByLabel("Search names, values and meanings");
        await search.FillAsync("used_memory_human");

        await Choice(board.Page, "Local").ClickAsync();

        await Assertions.Expect(board.Page.Locator(".info .as-of")).ToHaveTextAsync(NewYorkAsOf());
        await Assertions.Expect(search).ToHaveValueAsync("used_memory_human");
    }

    [Fact]
    public async Task Phone_HasTheChoiceOnThePageMore()
    {
        await using var board = await watched.OpenAsync("/more", new(Screens.Phone(320)) { TimezoneId = "Asia/Kolkata" });
        await board.LiveAsync();

        await Choice(board.Page, "Local").ClickAsync();

        await Assertions.Expect(board.Page.Locator("[data-clock]")).ToHaveTextAsync(IndianClock());
        await board.IsNoWiderThanItsScreenAsync();
    }

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Group, new() { Name = "Time zone of all times" })
        .GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).Locator("visible=true");

    [GeneratedRegex(@"live · UTC \d\d:\d\d:\d\d")]
    private static partial Regex UtcClock();

    [GeneratedRegex(@"live · \d\d:\d\d:\d\d (\+|&#x2B;)05:30")]
    private static partial Regex IndianClock();

    [GeneratedRegex(@"^\d\d:\d\d:\d\d \+05:30$")]
    private static partial Regex ClockWithOffset();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+05:30$")]
    private static partial Regex IndianStamp();

    [GeneratedRegex(@"the newest at [0-9-]{10} [0-9:]{8} \+05:30\. Checked [0-9:]{8} \+05:30\.")]
    private static partial Regex IndianCheck();

    [GeneratedRegex(@"^as of \d\d:\d\d:\d\d -0[45]:00$")]
    private static partial Regex NewYorkAsOf();

    [GeneratedRegex(@"^[0-9-]{10} [0-9:]{8} UTC\n[0-9-]{10} [0-9:]{8} \+05:30 \(Asia/(Kolkata|Calcutta)\)\n\d+ \w+ ago$")]
    private static partial Regex Title();
}
