using Dashboard.Consoles;
using Dashboard.Demo;
using Dashboard.Packaging;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>
/// Takes the pictures of docs/look: <c>./test look</c>. They are for people to compare; nothing is asserted about their pixels.
/// </summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class LookTests(Chromium chromium)
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"), ("cache", "/instances/cache"), ("cache-actions", "/instances/cache/actions"),
        ("cache-info", "/instances/cache/info"), ("session-privileges", "/instances/session/privileges"), ("audit", "/audit"),
        ("privileges", "/privileges"), ("tokens", "/tokens?instance=session&user=42"), ("accounts", "/accounts"), ("more", "/more"),
        ("no-such-page", "/no/such/page"),
    ];

    [Fact(Explicit = true)]
    public async Task Pictures_AreTaken()
    {
        using var folder = new TestFolder();
        var password = folder.File("password");
        await File.WriteAllTextAsync(password, ConsoleProcess.OwnerPassword, TestContext.Current.CancellationToken);
        var port = FreePort.Next();
        await using var demo = DemoProcess.Start(
            folder.File("demo"),
            [
                .. DemoProcess.Command(folder.File("demo"), port), "--Dashboard:OwnerName", ConsoleProcess.OwnerName,
                "--Dashboard:OwnerPasswordFile", password,
            ]);
        await demo.ReadyAsync();
        var url = DemoProcess.Url(port);
        await using (var first = await BoardPage.OpenAsync(chromium, url))
        {
            await first.CardSaysAsync("cache", "full, which is normal here");
        }

        foreach (var (name, how) in Looks())
        {
            await TakeAsync(url, name, how);
        }
    }

    private async Task TakeAsync(string url, string look, BrowserNewContextOptions how)
    {
        await using var board = await BoardPage.OpenAsync(chromium, url, null, how);
        board.Faults.Expected = true; // The browser itself logs a 404.
        foreach (var (name, path) in Pages)
        {
            await board.GoAsync(path);
            await (name is "no-such-page" ? Task.CompletedTask : board.LiveAsync());
            await Eventually.Async(() => board.Page.EvaluateAsync<bool>("() => document.fonts.status === 'loaded'"));
            await SaveAsync(board, $"{name}-{look}");
        }

        await board.GoAsync("/instances/cache/actions");
        await board.LiveAsync();
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Preview: " + CacheScreen.Flush }).ClickAsync();
        await Assertions.Expect(board.Page.Locator("#action-phrase")).ToBeVisibleAsync();
        await SaveAsync(board, $"flush-preview-{look}");
    }

    private static Task<byte[]> SaveAsync(BoardPage board, string name) => board.Page.ScreenshotAsync(
        new() { Path = Repository.PathOf("docs", "look", name + ".png"), Animations = ScreenshotAnimations.Disabled });

    private static IEnumerable<(string Name, BrowserNewContextOptions How)> Looks()
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            var word = scheme.ToString().ToLowerInvariant();
            yield return ($"desktop-{word}", new(Screens.Desktop) { ColorScheme = scheme, DeviceScaleFactor = 0.5f });
            yield return ($"phone-{word}", new(Screens.Phone(scheme: scheme)) { DeviceScaleFactor = 0.6f });
        }
    }
}
