using Dashboard.Servers;

namespace Dashboard.Browser;

/// <summary><see cref="PageFaults"/> finds what it is meant for.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class PageFaultsTests(Chromium chromium)
{
    private const string Origin = "http://127.0.0.1:1";

    [Fact]
    public async Task SecretInAnAnswer_RequestToAnother_AndScriptError_AreSeen()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.RouteAsync(
            Origin + "/", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<p>{Canaries.Password("shown")}</p>" }));
        await page.RouteAsync("http://evil.example/", route => route.FulfillAsync(new() { Body = "" }));
        var faults = new PageFaults(page, Origin);

        await page.GotoAsync(Origin + "/");
        await page.EvaluateAsync(
            "() => { fetch('http://evil.example/', { mode: 'no-cors' }); setTimeout(() => { throw new Error('a fault') }) }");

        foreach (var seen in (string[])[$"The answer of {Origin}/ held a secret.", "request to http://evil.example/", "a fault"])
        {
            await Eventually.Async(() => Task.FromResult(faults.Seen.Any(fault => fault.Contains(seen, StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task WhatAxeObjectsTo_IsSeen()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync("<!DOCTYPE html><html lang=en><title>x</title><main><h1>x</h1><p><input></p></main>");

        Assert.Contains("label at <input>", await Axe.ViolationsAsync(page));
        Assert.Contains("label at <input>", await Axe.ViolationsAsync(page, page.Locator("p")));
        Assert.Empty(await Axe.ViolationsAsync(page, null, "color-contrast"));
    }
}
