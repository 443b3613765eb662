using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Dark and light: the visitor's choice, else the system's, and never a flash of the other.</summary>
[Trait("Needs", "Browser")]
public sealed class ThemeJourneyTests(WatchedTrio watched) : IClassFixture<WatchedTrio>
{
    /// <summary>Notes the page's background as of every frame, from the first on.</summary>
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
    [InlineData(ColorScheme.Light, null, "light")]
    [InlineData(ColorScheme.Dark, "light", "light")]
    [InlineData(ColorScheme.Light, "dark", "dark")]
    public async Task FirstVisit_HasNoFrameOfTheOtherTheme(ColorScheme system, string? cookie, string expected)
    {
        await using var board = await watched.OpenAsync("/favicon-ok.svg", new() { ColorScheme = system });
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
        Assert.All(painted, frame => Assert.DoesNotContain(expected == "dark" ? "rgb(2" : "rgb(1", frame, StringComparison.Ordinal));
        Assert.Equal(expected == "dark" ? "rgb(13, 17, 22)" : Background(painted), Background(painted));
    }

    [Fact]
    public async Task Switch_ChoosesAndIsRemembered()
    {
        await using var board = await watched.OpenAsync(how: new() { ColorScheme = ColorScheme.Dark });
        await board.AllAreWellAsync();
        var theme = board.Page.Locator("html");
        var button = board.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Theme:") });
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "dark");

        await button.ClickAsync();
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "light");
        await board.Page.ReloadAsync();
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "light");

        await Assertions.Expect(button).ToHaveAccessibleNameAsync("Theme: light. Switch.");
        await button.ClickAsync();
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "dark");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAccessibleNameAsync("Theme: as the system. Switch.");
        await board.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(theme).ToHaveAttributeAsync("data-theme", "light");
    }

    private static string Background(List<string> frames) => frames[^1][(frames[^1].LastIndexOf("rgb(", StringComparison.Ordinal))..];
}
