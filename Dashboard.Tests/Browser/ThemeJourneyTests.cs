using System.Globalization;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Dark and light: the visitor's choice, else the system's, and never a flash of the other.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class ThemeJourneyTests(WatchedTrio watched)
{
    /// <summary>Records the page's background at every frame, from the first one on.</summary>
    private const string Watcher = """
        window.frames_seen = [];
        const look = () => {
          const of = e => e ? getComputedStyle(e).backgroundColor : '';
          window.frames_seen.push(`${document.documentElement?.dataset.theme} ${of(document.documentElement)} ${of(document.body)}`);
          if (window.frames_seen.length < 200) requestAnimationFrame(look);
        };
        look(); requestAnimationFrame(look);
        """;

    [Theory]
    [InlineData(ColorScheme.Dark, null, "dark")]
    [InlineData(ColorScheme.Dark, "light", "light")]
    [InlineData(ColorScheme.Light, "dark", "dark")]
    public async Task FirstVisit_HasNoFrameOfTheOtherTheme(ColorScheme system, string? cookie, string expected)
    {
        await using var board = await watched.OpenAsync(null, new() { ColorScheme = system });
        if (cookie is not null)
        {
            await board.Page.Context.AddCookiesAsync([new() { Name = "theme", Value = cookie, Url = watched.Console.Url }]);
        }

        await board.Page.AddInitScriptAsync(Watcher);
        await board.GoAsync("/");
        await board.AllAreWellAsync();

        var frames = await board.Page.EvaluateAsync<string[]>("() => window.frames_seen");
        var painted = frames.Where(frame => !frame.StartsWith("undefined", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(painted);
        Assert.All(painted, frame => Assert.StartsWith(expected + " ", frame, StringComparison.Ordinal));
        Assert.All(
            painted.Where(frame => frame.Contains("rgb(", StringComparison.Ordinal)),
            frame => Assert.Equal(expected == "dark", IsDark(frame)));
        Assert.Contains(painted, frame => frame.Contains("rgb(", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switch_ChoosesAndIsRemembered()
    {
        await using var board = await watched.OpenAsync(how: new() { ColorScheme = ColorScheme.Dark });
        var theme = board.Page.Locator("html");
        var button = board.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("theme. Switch.$") });
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "dark");

        await button.ClickAsync();
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "light");
        await board.Page.ReloadAsync();
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "light");

        await Assertions.Expect(button).ToHaveAccessibleNameAsync("Light theme. Switch.");
        await button.ClickAsync();
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "dark");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAccessibleNameAsync("Auto theme. Switch.");
        await board.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "light");
    }

    /// <summary>By the red part of the body's background.</summary>
    private static bool IsDark(string frame) =>
        int.Parse(frame[(frame.LastIndexOf("rgb(", StringComparison.Ordinal) + 4)..].Split(',')[0], CultureInfo.InvariantCulture) < 64;
}
