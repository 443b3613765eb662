using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Consoles;

namespace Dashboard.Access.Oidc;

/// <summary>Takes a person's browser through the provider, step by step.</summary>
internal sealed partial class OidcVisit(HostedVisitor visitor, string origin = "http://localhost") : IDisposable
{
    private static readonly HttpClient Web =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public HostedVisitor Visitor => visitor;

    /// <summary>Signs in, from the button to the console's answer.</summary>
    /// <returns>The console's last answer, a redirect.</returns>
    public async Task<HttpResponseMessage> SignInAsync(string back = "/") =>
        await visitor.GetAsync(await ReturnAsync(await BeginAsync(back)));

    /// <summary>Presses the button.</summary>
    /// <returns>The provider's address, to which the page leads.</returns>
    public async Task<string> BeginAsync(string back = "/", string path = "/sign-in/provider", string page = "/sign-in")
    {
        var reply = await PressAsync(back, path, page);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return WebUtility.HtmlDecode(
            RefreshAddress().Match(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value);
    }

    public async Task<HttpResponseMessage> PressAsync(
        string back = "/", string path = "/sign-in/provider", string page = "/sign-in") => await visitor.PostAsync(
        path, new() { ["_handler"] = "provider", ["__RequestVerificationToken"] = await visitor.TokenAsync(page), ["back"] = back });

    /// <summary>Lets the provider answer.</summary>
    /// <returns>The path at the console, with the parameters from the provider.</returns>
    public async Task<string> ReturnAsync(string address)
    {
        var reply = await Web.GetAsync(address, TestContext.Current.CancellationToken);
        var back = reply.Headers.Location!.ToString();
        Assert.StartsWith($"{origin}{OidcDefaults.CallbackPath}?", back, StringComparison.Ordinal);
        return back[origin.Length..];
    }

    /// <summary>Reads the alert of the page to which a reply redirects.</summary>
    public async Task<string> SaidAsync(HttpResponseMessage reply)
    {
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        var page = await visitor.GetAsync(reply.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return WebUtility.HtmlDecode(
            Alert().Match(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value);
    }

    public void Dispose() => visitor.Dispose();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex RefreshAddress();

    [GeneratedRegex("role=\"alert\"[^>]*>([^<]*)<")]
    private static partial Regex Alert();
}
