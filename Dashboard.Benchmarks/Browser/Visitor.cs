using Microsoft.Playwright;

namespace Dashboard.Benchmarks.Browser;

/// <summary>
/// A person who is signed in. A cookie does not depend on the port, and a session is in the data folder: it is valid for every console
/// started on that folder.
/// </summary>
/// <param name="State">The browser's stored state.</param>
/// <param name="Cookie">The same as a header.</param>
internal sealed record Visitor(string State, string Cookie)
{
    /// <summary>Signs in through the page, as a person does.</summary>
    /// <param name="address">The console's address, with a slash at its end.</param>
    public static async Task<Visitor> SignInAsync(Chromium chromium, string address)
    {
        var page = await chromium.PageAsync();
        await page.GotoAsync(address + "sign-in");
        await page.GetByLabel("Name").FillAsync(BenchOwner.Name);
        await page.GetByLabel("Password").FillAsync(BenchOwner.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(address);
        var cookies = await page.Context.CookiesAsync();
        var visitor =
            new Visitor(
                await page.Context.StorageStateAsync(), string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        await page.CloseAsync();
        return visitor;
    }
}
