using System.Collections.Concurrent;
using Dashboard.Consoles;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The console's owner, signed in once per console, because hashing a password is slow on purpose.</summary>
internal static class Visitor
{
    private static readonly ConcurrentDictionary<string, Task<string>> Signed = new();

    /// <summary>The options of a context in which the owner is signed in.</summary>
    public static async Task<BrowserNewContextOptions> SignedInAsync(Chromium chromium, string url, BrowserNewContextOptions? how) =>
        new(how
            ?? Screens.Desktop)
        {
            StorageState =
                await Signed.AddOrUpdate(
                    url, _ => SignInAsync(chromium, url), (_, signed) => signed.IsFaulted ? SignInAsync(chromium, url) : signed)
        };

    /// <summary>Signs in through the page, as a person does.</summary>
    public static async Task SignInAsync(IPage page, string url, string name = ConsoleProcess.OwnerName, string? password = null)
    {
        await page.GotoAsync(url + "/sign-in");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password ?? ConsoleProcess.OwnerPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    private static async Task<string> SignInAsync(Chromium chromium, string url)
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await SignInAsync(page, url);
        await page.WaitForURLAsync(url + "/");
        return await context.StorageStateAsync();
    }
}
