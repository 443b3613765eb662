using Bunit;
using Dashboard.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Dashboard.Components.Times;

/// <summary>The switch changes every time on the page, and reports what the browser chose earlier.</summary>
public sealed class TimeZoneSwitchTests : BunitContext
{
    private readonly BunitJSModuleInterop _module;

    public TimeZoneSwitchTests()
    {
        this.AddMud();
        Services.AddTimes();
        Services.AddSingleton(Given.Settings());
        _module = JSInterop.SetupModule("./Components/Times/TimeZoneSwitch.razor.js");
        _module.Mode = JSRuntimeMode.Strict;
        _module.Setup<string?>("chosen").SetResult(null);
        _module.Setup<string?>("choose", false).SetResult(null);
    }

    [Fact]
    public void Local_ChangesEveryTimeOnThePage_AndUtcChangesItBack()
    {
        _module.Setup<string?>("choose", true).SetResult("Asia/Kolkata");
        var page = Draw();
        Assert.Equal("2026-03-01 12:00:00 UTC", page.Find("time").TextContent);
        Assert.Equal("live · UTC 12:00:00", page.Find("[data-clock]").TextContent);

        Button(page, "Local").Click();

        page.WaitForAssertion(() => Assert.Equal("2026-03-01 17:30:00 +05:30", page.Find("time").TextContent));
        Assert.Equal("live · 17:30:00 +05:30", page.Find("[data-clock]").TextContent);
        Assert.Equal(("false", "true"), Pressed(page));
        Assert.Equal("All times are in the time zone Asia/Kolkata", Button(page, "Local").GetAttribute("title"));

        Button(page, "UTC").Click();

        page.WaitForAssertion(() => Assert.Equal("2026-03-01 12:00:00 UTC", page.Find("time").TextContent));
        Assert.Equal(("true", "false"), Pressed(page));
    }

    [Fact]
    public void EarlierChoice_IsShownOnceThePageIsLive()
    {
        _module.Setup<string?>("chosen").SetResult("America/New_York");

        var page = Draw();

        page.WaitForAssertion(() => Assert.Equal("2026-03-01 07:00:00 -05:00", page.Find("time").TextContent));
        Assert.Equal("2026-03-01T12:00:00Z", page.Find("time").GetAttribute("datetime"));
    }

    /// <summary>The host may lack the data of time zones, or the browser may name a newer one.</summary>
    [Theory]
    [InlineData("Mars/Olympus", "The console’s host has no data of the time zone Mars/Olympus. Times stay in UTC.")]
    [InlineData("UTC", "The time zone of this browser is UTC.")]
    public void ZoneThatCannotBeShown_LeavesUtc_AndSaysWhy(string zone, string why)
    {
        _module.Setup<string?>("choose", true).SetResult(zone);
        var page = Draw();

        Button(page, "Local").Click();

        page.WaitForAssertion(
            () => Assert.Equal(why, Services.GetRequiredService<ISnackbar>().ShownSnackbars.Single().Message?.ToString()));
        Assert.Equal("2026-03-01 12:00:00 UTC", page.Find("time").TextContent);
        Assert.Equal(("true", "false"), Pressed(page));
    }

    private static (string? Utc, string? Local) Pressed(IRenderedComponent<IComponent> page) =>
        (Button(page, "UTC").GetAttribute("aria-pressed"), Button(page, "Local").GetAttribute("aria-pressed"));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<IComponent> page, string name) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == name);

    private IRenderedComponent<IComponent> Draw() => Render(page =>
    {
        page.OpenComponent<TimeZoneSwitch>(0);
        page.CloseComponent();
        page.OpenComponent<Moment>(1);
        page.AddComponentParameter(2, nameof(Moment.At), Given.Start);
        page.CloseComponent();
        page.OpenComponent<BeatClock>(3);
        page.AddComponentParameter(4, nameof(BeatClock.Word), "live");
        page.AddComponentParameter(5, nameof(BeatClock.Now), Given.Start);
        page.CloseComponent();
    });
}
