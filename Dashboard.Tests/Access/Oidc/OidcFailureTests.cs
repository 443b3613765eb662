using System.Net;
using Dashboard.Consoles;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Every failure between the console and its provider leads back to the console's own sign-in page with one sentence, and signs no one in.
/// </summary>
[Trait("Slow", "yes")]
public sealed class OidcFailureTests : IClassFixture<OidcConsole>, IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script>\r\n2026-01-01 forged line";

    private readonly OidcConsole _shared;
    private readonly OidcVisit _visit;

    public OidcFailureTests(OidcConsole shared)
    {
        (_shared, _visit) = (shared, shared.Visit());
        Provider.Behaviour = new();
    }

    private FakeOidcProvider Provider => _shared.Provider;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _shared.LastRowAsync();

    public ValueTask DisposeAsync()
    {
        _visit.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, string> FalseAnswers => new()
    {
        { "cancelled", "Signing in was cancelled at Test Provider" },
        { "error", "Test Provider answered with an error" },
        { "nonce", "The answer of Test Provider could not be trusted" },
        { "issuer", "The answer of Test Provider could not be trusted" },
        { "signature", "The answer of Test Provider could not be trusted" },
        { "no signature", "The answer of Test Provider could not be trusted" },
        { "signed with a secret", "The answer of Test Provider could not be trusted" },
        { "audience", "The answer of Test Provider was meant for another application" },
        { "expired", "The answer of Test Provider has expired" },
        { "from the future", "The answer of Test Provider has expired" },
        { "client refused", "Test Provider did not accept its own code" },
        { "no token", "The answer of Test Provider could not be trusted" },
        { "garbage for a token", "The answer of Test Provider could not be trusted" },
        { "error page for a token", "Test Provider answered with an error" },
        { "no subject", "Test Provider did not say who you are" },
        { "no name", "Test Provider did not say what to call you: the claim preferred_username is missing" },
        { "unfit name", "Test Provider did not say what to call you: the claim preferred_username is missing" },
    };

    [Theory, MemberData(nameof(FalseAnswers))]
    public async Task FalseAnswer_SignsNoOneIn_AndIsReportedInOneSentence(string answer, string sentence)
    {
        Provider.Behaviour = Behaving(answer);
        var before = await StateAsync();

        var reply = await _visit.SignInAsync("/more");

        Assert.StartsWith("/sign-in?why=provider-", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("&return=%2Fmore", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(sentence, await _visit.SaidAsync(reply), StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
        Assert.DoesNotContain("__Host-dashboard-session", _visit.Visitor.Cookies.Keys);
        Assert.StartsWith("anonymous sign-in refused - through Test Provider: ", await _shared.LastRowAsync(), StringComparison.Ordinal);
        await NothingLeaksAsync(reply);
    }

    [Fact]
    public async Task TokenEndpointThatNeverAnswers_SignsNoOneIn_AndIsReportedInOneSentence()
    {
        await using var provider = await FakeOidcProvider.StartAsync();
        await using var console = new HostedConsole(provider.ImpatientSettings);
        using var visit = new OidcVisit(console.Visit());
        await Servers.Eventually.Async(async () => (await visit.PressAsync()).StatusCode == HttpStatusCode.OK);
        provider.Behaviour = new()
        {
            Before = At("/token", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)),
        };

        var reply = await visit.SignInAsync("/more");

        Assert.StartsWith("/sign-in?why=provider-", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Test Provider does not answer.", await visit.SaidAsync(reply), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-dashboard-session", visit.Visitor.Cookies.Keys);
    }

    [Fact]
    public async Task AnswerWithoutOurState_IsRefused_WhateverItsCode()
    {
        var way = await _visit.ReturnAsync(await _visit.BeginAsync());
        var code = way.Split("code=")[1].Split('&')[0];

        foreach (var path in new[] { OidcDefaults.CallbackPath, $"{OidcDefaults.CallbackPath}?code={code}",
            $"{OidcDefaults.CallbackPath}?code={code}&state=forged",
            $"{OidcDefaults.CallbackPath}?error=x&error_description={Uri.EscapeDataString(Hostile)}" })
        {
            Assert.StartsWith(
                "That sign-in was started in another browser", await _visit.SaidAsync(await _visit.Visitor.GetAsync(path)),
                StringComparison.Ordinal);
        }

        Assert.Matches(
            "^anonymous sign-in refused - through Test Provider: state missing, unknown, too old or used before; (at )?[0-9:]{8}( to "
                + "[0-9:]{8})? UTC$", await _shared.LastRowAsync());
    }

    [Fact]
    public async Task AnswerFromAnotherBrowser_SignsNoOneIn()
    {
        var way = await _visit.ReturnAsync(await _visit.BeginAsync());
        using var victim = _shared.Visit();

        Assert.StartsWith(
            "That sign-in was started in another browser", await victim.SaidAsync(await victim.Visitor.GetAsync(way)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-dashboard-session", victim.Visitor.Cookies.Keys);
    }

    [Theory]
    [InlineData(false, "That sign-in was started in another browser")]
    [InlineData(true, "Test Provider did not accept its own code")] // the browser kept its cookies, but a code is valid once
    public async Task AnswerUsedBefore_SignsNoOneIn(bool cookiesKept, string sentence)
    {
        var way = await _visit.ReturnAsync(await _visit.BeginAsync());
        var kept = _visit.Visitor.Cookies.ToDictionary();
        Assert.Equal("/", (await _visit.Visitor.GetAsync(way)).Headers.Location?.ToString());
        _visit.Visitor.Cookies.Remove("__Host-dashboard-session");
        foreach (var (name, value) in cookiesKept ? kept : [])
        {
            _visit.Visitor.Cookies[name] = value;
        }

        Assert.StartsWith(sentence, await _visit.SaidAsync(await _visit.Visitor.GetAsync(way)), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-dashboard-session", _visit.Visitor.Cookies.Keys);
    }

    [Theory]
    [InlineData(14, "/")]
    [InlineData(16, "/sign-in?why=provider-stale")]
    public async Task AnswerAfterFifteenMinutes_IsTooLate(int minutes, string leads)
    {
        var way = await _visit.ReturnAsync(await _visit.BeginAsync());
        var format = _shared.Console.Service<IOptionsMonitor<OpenIdConnectOptions>>().Get(OidcDefaults.Name).StateDataFormat;
        var written = way.Split("state=")[1].Split('&')[0];
        var state = format.Unprotect(Uri.UnescapeDataString(written))!;
        state.Items["asked"] = TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToUnixTimeMilliseconds()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);

        var reply = await _visit.Visitor.GetAsync(way.Replace(written, format.Protect(state), StringComparison.Ordinal));

        Assert.Equal(leads, reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Post_ToTheCallbackPath_IsNoAnswer()
    {
        var way = await _visit.ReturnAsync(await _visit.BeginAsync());

        var foreign = await _visit.Visitor.PostAsync(way, [], ("Origin", Provider.Url));
        var own =
            await _visit.Visitor.PostAsync(
                OidcDefaults.CallbackPath,
                way[(way.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('='))
                    .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1])));

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.StartsWith("/sign-in?why=provider-stale", own.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-dashboard-session", _visit.Visitor.Cookies.Keys);
    }

    [Theory]
    [InlineData("not there", "Test Provider does not answer.")]
    [InlineData("error", "Test Provider does not answer.")]
    [InlineData("slow", "Test Provider does not answer.")]
    [InlineData("garbage", "The discovery document of Test Provider cannot be used.")]
    [InlineData("empty", "The discovery document of Test Provider cannot be used.")]
    [InlineData("other issuer", "The discovery document of Test Provider cannot be used.")]
    public async Task ProviderUnreachableOrUnusable_IsReported_AndPasswordsStillWork(string how, string sentence)
    {
        await using var provider = await FakeOidcProvider.StartAsync();
        await using var console =
            new HostedConsole(how switch
            {
                "not there" => FakeOidcProvider.SettingsOf("http://127.0.0.1:1", provider.SecretFile),
                "slow" => provider.ImpatientSettings,
                _ => provider.Settings,
            });
        provider.Behaviour = Discovering(how);
        using var visit = new OidcVisit(console.Visit());

        var reply = await visit.PressAsync("/more").WaitAsync(Servers.Eventually.Bound, TimeProvider.System, Cancel);

        Assert.EndsWith("&return=%2Fmore", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(sentence, await visit.SaidAsync(reply), StringComparison.Ordinal);
        using var owner = await console.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/more")).StatusCode);
        Assert.DoesNotContain("   at ", console.LogText, StringComparison.Ordinal);

        provider.Behaviour = new();
        if (how != "not there")
        {
            await Servers.Eventually.Async(async () => (await visit.PressAsync()).StatusCode == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task AuditLogThatCannotBeWritten_LetsNoOneSignIn()
    {
        await using var console = new HostedConsole(Provider.Settings);
        using var visit = new OidcVisit(console.Visit());
        await console.Service<IConsoleStore>()
            .WriteAsync(
                transaction =>
                    Dapper.SqlMapper.Execute(transaction.Connection!, "ALTER TABLE audit RENAME TO elsewhere", transaction: transaction),
                        Cancel);

        Assert.StartsWith(
            "No one can sign in now: console.db cannot be used.", await visit.SaidAsync(await visit.SignInAsync()),
            StringComparison.Ordinal);
        Assert.Equal(
            0,
            await console.Service<IConsoleStore>().ReadAsync(connection => Dapper.SqlMapper.QuerySingle<int>(connection, "SELECT "
                + "count(*) FROM accounts WHERE name = 'guest'"), Cancel));
    }

    [Fact]
    public async Task PlainHttpBeyondThisMachine_StartsNoSignIn()
    {
        await using var console = new HostedConsole([.. Provider.Settings, ("Dashboard:PublicUrl", "http://console.example")]);
        using var stranger = console.Visit("http://console.example");
        var token = await stranger.TokenAsync("/sign-in/provider");

        var reply =
            await stranger.PostAsync("/sign-in/provider", new() { ["_handler"] = "provider", ["__RequestVerificationToken"] = token });

        Assert.EndsWith("/sign-in", reply.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Cookies.Keys, name => name.Contains("provider", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PublicUrl_IsWhereTheProviderSendsThemBack()
    {
        await using var console = new HostedConsole([.. Provider.Settings, ("Dashboard:PublicUrl", "https://console.example")]);
        using var visit = new OidcVisit(console.Visit("https://console.example"), "https://console.example");

        Assert.Equal("/", (await visit.SignInAsync()).Headers.Location?.ToString());
    }

    [Fact]
    public void EveryFailure_HasItsOwnCodeAndSentence()
    {
        var provider = _shared.Console.Service<OidcAvailability>().Provider!;

        Assert.Equal(OidcFailure.All.Count, OidcFailure.All.Select(failure => failure.Code).Distinct().Count());
        Assert.All(OidcFailure.All, failure => Assert.Matches("^[A-Z].{20,300}[.]$", failure.Sentence(provider)));
        Assert.All(OidcFailure.All, failure => Assert.Same(failure, OidcFailure.Of(failure.Code)));
        Assert.Null(OidcFailure.Of("<b>"));
    }

    private FakeOidcBehaviour Behaving(string answer) => answer switch
    {
        "cancelled" => Provider.Behaviour with { Error = "access_denied", ErrorDescription = Hostile },
        "error" => Provider.Behaviour with { Error = "server_error", ErrorDescription = Hostile },
        "nonce" => Provider.Behaviour with { Nonce = "another" },
        "issuer" => Provider.Behaviour with { TokenIssuer = "https://evil.example" },
        "signature" => Provider.Behaviour with { Signs = FakeSignature.Foreign },
        "no signature" => Provider.Behaviour with { Signs = FakeSignature.None },
        "signed with a secret" => Provider.Behaviour with { Signs = FakeSignature.ClientSecret },
        "audience" => Provider.Behaviour with { Audience = "another-client" },
        "expired" => Provider.Behaviour with { Clock = TimeSpan.FromMinutes(-7) },
        "from the future" => Provider.Behaviour with { Clock = TimeSpan.FromMinutes(7) },
        "client refused" => Provider.Behaviour with { Secret = "another", ErrorDescription = Hostile },
        "no token" =>
            Provider.Behaviour with { Before = At("/token", context => context.Response.WriteAsJsonAsync(new { token_type = "Bearer" })) },
        "garbage for a token" =>
            Provider.Behaviour with
            {
                Before =
                At("/token", context => context.Response.WriteAsJsonAsync(new { token_type = "Bearer", id_token = "a.b.c" }))
            },
        "error page for a token" =>
            Provider.Behaviour with { Before = At("/token", context => context.Response.WriteAsync($"<html>{Hostile}")) },
        "no subject" => Provider.Behaviour.With("sub", null),
        "no name" => Provider.Behaviour.With("preferred_username", null),
        "unfit name" => Provider.Behaviour.With("preferred_username", Hostile),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static FakeOidcBehaviour Discovering(string how) => how switch
    {
        "error" => new() { Before = Discovery(context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound)) },
        "slow" =>
            new() { Before = Discovery(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)) },
        "garbage" => new() { Before = Discovery(context => context.Response.WriteAsync($"<html>{Hostile}")) },
        "empty" => new() { Before = Discovery(context => context.Response.WriteAsync("{}")) },
        "other issuer" => new() { Issuer = "https://evil.example" },
        _ => new(),
    };

    private static Func<HttpContext, Task> Discovery(Func<HttpContext, Task> answer) =>
        At("/.well-known/openid-configuration", async context =>
    {
        await answer(context);
        await context.Response.StartAsync();
    });

    private static Func<HttpContext, Task> At(string path, Func<HttpContext, Task> answer) =>
        context => context.Request.Path == path ? answer(context) : Task.CompletedTask;

    /// <summary>Neither log nor page nor address repeats a code, a token, a secret or text from the provider.</summary>
    private async Task NothingLeaksAsync(HttpResponseMessage reply)
    {
        var page = await (await _visit.Visitor.GetAsync(reply.Headers.Location!.ToString())).Content.ReadAsStringAsync(Cancel);
        var all = string.Join('\n', _shared.Console.LogText, page, reply.Headers.Location);
        Assert.All(
            [.. Provider.HandedOut, FakeOidcProvider.Secret, "alert(1)", "forged line", "   at "],
            secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    private Task<string> StateAsync() => _shared.Console.Service<IConsoleStore>().ReadAsync(connection => string.Join('\n',
        Dapper.SqlMapper.Query<string>(connection, "SELECT hash FROM sessions UNION ALL SELECT id || name FROM accounts UNION ALL SELECT "
            + "account || role FROM grants")), Cancel);
}
