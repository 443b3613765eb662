using System.Net;
using Dashboard.Consoles;

namespace Dashboard.Scenarios;

/// <summary>The headers that a browser gets, and requests that are refused because only another site would send them.</summary>
[Trait("Slow", "yes")]
public sealed class BrowserRulesTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();

    public async ValueTask DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/")] // redirects to the sign-in
    [InlineData("/app.css")]
    [InlineData("/theme.css")]
    [InlineData("/no/such.css")]
    public async Task EveryAnswer_HasRestrictiveHeaders(string path)
    {
        using var stranger = _console.Visit();

        var reply = await stranger.GetAsync(path);

        var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'; object-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "unsafe", policy.Split(';').Single(part => part.TrimStart().StartsWith("script-src", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(reply.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(reply.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.False(reply.Headers.Contains("Server"));
        Assert.False(reply.Headers.Contains("Strict-Transport-Security"), "plain http on this machine");
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(path is not ("/app.css" or "/theme.css"), reply.Headers.CacheControl?.NoStore == true);
    }

    [Fact]
    public async Task Nonce_DiffersEachTime_AndIsTheImportMaps()
    {
        using var owner = await _console.SignedInAsync();
        var (first, second) = (await owner.GetAsync("/"), await owner.GetAsync("/"));

        Assert.NotEqual(Policy(first), Policy(second));
        var nonce = Policy(first).Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains(
            $"nonce=\"{WebUtility.HtmlEncode(nonce)}\"",
            (await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("&#x2B;", "+", StringComparison.Ordinal),
            StringComparison.Ordinal);

        static string Policy(HttpResponseMessage reply) => reply.Headers.GetValues("Content-Security-Policy").Single();
    }

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("https://localhost", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public async Task WebSocket_IsOnlyForTheConsolesPages(string origin, bool passes)
    {
        using var owner = await _console.SignedInAsync();
        var socket = _console.Server.CreateWebSocketClient();
        socket.ConfigureRequest = request =>
        {
            request.Headers.Origin = origin;
            request.Headers.Cookie = string.Join("; ", owner.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        };

        var connecting = socket.ConnectAsync(new Uri("ws://localhost/_blazor?id=none"), TestContext.Current.CancellationToken);

        // No circuit with this id exists, so an allowed origin fails for another reason. The origin is checked first.
        var refused = await Record.ExceptionAsync(async () => await connecting);
        Assert.Equal(!passes, refused?.Message.Contains("403", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Post_FromAnotherSite_IsRefused(string header, string value)
    {
        using var owner = await _console.SignedInAsync();
        var token = await owner.TokenAsync("/more");
        var request =
            new HttpRequestMessage(
                HttpMethod.Post,
                "/sign-out")
            {
                Content =
                    new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token })
            };
        if (header != "Origin")
        {
            request.Headers.TryAddWithoutValidation("Origin", "");
        }

        var reply = await owner.SendAsync(request, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/more")).StatusCode);
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/confirm")]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/provider")]
    [InlineData("/confirm/provider")]
    [InlineData("/set-up")]
    [InlineData("/account")]
    public async Task Post_WithoutAntiforgeryToken_IsRefused(string path)
    {
        using var owner = await _console.SignedInAsync();

        var reply = await owner.PostAsync(path, new() { ["_handler"] = path[1..], ["Form.Name"] = "owner" });

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task UnknownHost_IsNotAnswered()
    {
        using var stranger = _console.Visit("http://rebound.example");

        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.GetAsync("/sign-in")).StatusCode);
    }

    [Fact]
    public async Task Cookies_AreOnlyForThisHost_AndHiddenFromScripts()
    {
        using var owner = await _console.SignedInAsync();

        var session = owner.SetCookies.Single(cookie => cookie.StartsWith("__Host-dashboard-session=", StringComparison.Ordinal));
        var form = owner.SetCookies.First(cookie => cookie.StartsWith("__Host-dashboard-form=", StringComparison.Ordinal));
        Assert.All([session, form], cookie => Assert.Matches("; path=/; secure; samesite=(lax|strict); httponly", cookie));
        Assert.DoesNotContain("domain", session, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", session, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/audit", HttpStatusCode.Redirect)]
    public async Task Head_IsAnsweredLikeGet(string path, HttpStatusCode status)
    {
        using var stranger = _console.Visit();

        var (head, get) = (await stranger.SendAsync(new(HttpMethod.Head, path)), await stranger.GetAsync(path));

        Assert.Equal((status, status), (head.StatusCode, get.StatusCode));
        Assert.Equal((get.Headers.Location, get.Content.Headers.ContentType), (head.Headers.Location, head.Content.Headers.ContentType));
    }

    [Fact]
    public async Task ForwardedHeaders_WithoutATrustedProxy_AreIgnored()
    {
        using var stranger = _console.Visit();

        var reply =
            await stranger.GetAsync(
                "/", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "10.9.9.9"));

        Assert.StartsWith("http://localhost/sign-in", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpsAddress_KeepsBrowsersOnHttps()
    {
        await using var console = new HostedConsole(("Dashboard:PublicUrl", "https://console.example"));
        using var stranger = console.Visit("https://console.example");

        var reply = await stranger.GetAsync("/sign-in");

        Assert.Equal("max-age=31536000", Assert.Single(reply.Headers.GetValues("Strict-Transport-Security")));
        Assert.Contains(
            stranger.SetCookies,
            cookie =>
                cookie.StartsWith("__Host-dashboard-form=", StringComparison.Ordinal)
                    && cookie.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PlainHttpBeyondThisMachine_TakesNoPassword_UnlessAllowed()
    {
        await using var console = new HostedConsole(("Dashboard:PublicUrl", "http://console.example"));
        using var stranger = console.Visit("http://console.example");
        var page = await (await stranger.GetAsync("/sign-in")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Signing in is refused here:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);

        await using var allowed =
            new HostedConsole(("Dashboard:PublicUrl", "http://console.example"), ("Dashboard:AllowPlainHttp", "true"));
        using var owner = allowed.Visit("http://console.example");
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SignInAsync(HostedConsole.Owner, HostedConsole.Password)).StatusCode);
        Assert.Contains("dashboard-session", owner.Cookies.Keys);
        Assert.Contains(
            "served over plain http",
            await (await owner.GetAsync("/more")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
