using System.Net;
using Dashboard.Audit.Reading;
using Dashboard.Consoles;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Scenarios;

/// <summary>What a person sees when the program fails, or when a form they send is no longer known.</summary>
[Trait("Slow", "yes")]
public sealed class ErrorPagesTests
{
    private const string Sentinel = "sentinel-4711 in /secret/path";

    [Theory]
    [InlineData("/audit", true)]
    [InlineData("/audit/export.csv", true)]
    [InlineData("/audit/export.csv", false)]
    public async Task Failure_ShowsAnErrorPage_AndRevealsNoInternals(string path, bool page)
    {
        await using var console =
            new HostedConsole
            {
                ReplaceServices =
                services => services.AddSingleton<AuditQuery>(_ => throw new InvalidOperationException(Sentinel))
            };
        using var owner = await console.SignedInAsync();

        var reply = await owner.GetAsync(path, ("Accept", page ? "text/html" : "text/csv"));

        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.Contains("The console keeps watching the servers", text, StringComparison.Ordinal);
        Assert.Equal(page, text.Contains("<h1>Unexpected error</h1>", StringComparison.Ordinal));
        Assert.DoesNotMatch(@"sentinel|Exception|   at |\.cs\b|AuditQuery", text);
        Assert.Contains("default-src 'none'", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(reply.Headers.CacheControl?.NoStore);
    }

    /// <summary>A tab that was left open while the console lost its keys.</summary>
    [Fact]
    public async Task StaleForm_IsAnsweredWithARemedy_ThatWorks()
    {
        await using var before = new HostedConsole();
        using var tab = before.Visit();
        var token = await tab.TokenAsync("/sign-in");
        await using var console = new HostedConsole();
        using var visitor = console.Visit();
        foreach (var (name, value) in tab.Cookies)
        {
            visitor.Cookies[name] = value;
        }

        var form =
            new Dictionary<string, string>
            {
                ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token,
                ["Form.Name"] = HostedConsole.Owner, ["Form.Password"] = HostedConsole.Password
            };
        var reply = await visitor.PostAsync("/sign-in", form);

        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("text/html", reply.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<h1>Load the page again</h1>", text, StringComparison.Ordinal);
        Assert.Contains("href=\"/\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(HostedConsole.Password, text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(HostedConsole.Owner, HostedConsole.Password)).StatusCode);
    }

    /// <summary>A form that was already sent, here or in another tab: the page has a different one by now.</summary>
    [Fact]
    public async Task FormThatThePageNoLongerHas_IsAnsweredWithARemedy()
    {
        await using var console = new HostedConsole();
        using var owner = await console.SignedInAsync();
        var form =
            new Dictionary<string, string>
            {
                ["_handler"] = "off", ["__RequestVerificationToken"] = await owner.TokenAsync("/account"),
                ["Off.Present"] = HostedConsole.Password
            };

        var reply = await owner.PostAsync("/account", form);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(
            "the page has changed since this form was loaded", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormOfAScript_IsAnsweredWithTheSentenceOnly()
    {
        await using var console = new HostedConsole();
        using var owner = await console.SignedInAsync();

        var reply = await owner.PostAsync("/confirm", new() { ["password"] = "x" }, ("Accept", "*/*"));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.StartsWith(
            "Nothing was done:", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
