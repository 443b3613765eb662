using System.Net;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Consoles;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Access.Oidc;

/// <summary>Signing in through an OpenID Connect provider: a real one on this machine, over real connections.</summary>
[Trait("Slow", "yes")]
public sealed class OidcSignInTests : IClassFixture<OidcConsole>, IAsyncLifetime
{
    private static readonly string[] ViewerGroups = ["watchers", "Leads"];

    private readonly OidcConsole _shared;
    private readonly OidcVisit _visit;

    public OidcSignInTests(OidcConsole shared)
    {
        (_shared, _visit) = (shared, shared.Visit());
        Provider.Behaviour = new();
    }

    private FakeOidcProvider Provider => _shared.Provider;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Writes the gathered failures that an earlier test left, so that this test does not read them as its own.</summary>
    public async ValueTask InitializeAsync() => await _shared.LastRowAsync();

    public ValueTask DisposeAsync()
    {
        _visit.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RoundTrip_SignsIn_WithTheRolesOfTheClaims_AndLeadsBack()
    {
        var address = await _visit.BeginAsync("/audit?actor=guest");
        var reply = await _visit.Visitor.GetAsync(await _visit.ReturnAsync(address));

        Assert.Equal("/audit?actor=guest", reply.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await _visit.Visitor.GetAsync("/audit")).StatusCode);
        Assert.Equal("flush-admin@cache, operator", await _shared.NowAsync("guest"));
        Assert.Equal("guest sign-in done guest through Test Provider as flush-admin@cache, operator", await _shared.LastRowAsync());
        Assert.Equal(
            1,
            await _shared.CountAsync("SELECT count(*) FROM accounts WHERE name = 'guest' AND subject = 'subject-1' AND password_hash IS "
                + "NULL"));
    }

    [Fact]
    public async Task Request_AsksForACode_WithPkce_AnsweredInTheQuery()
    {
        await _visit.ReturnAsync(await _visit.BeginAsync());

        var asked = Provider.Asked;
        Assert.Equal(
            ("code", "S256", "openid profile", FakeOidcProvider.ClientId, "http://localhost/sign-in/provider/back"),
            (asked["response_type"], asked["code_challenge_method"], asked["scope"], asked["client_id"], asked["redirect_uri"]));
        Assert.Equal("query", asked.GetValueOrDefault("response_mode", "query")); // the default for a code
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.True(asked[name].Length >= 32, name));
        Assert.All(["prompt", "max_age", "client_secret", "x-client-SKU"], name => Assert.DoesNotContain(name, asked.Keys));
    }

    [Fact]
    public async Task ProviderCookies_AreBoundToThisHost_AndAreRemoved()
    {
        await _visit.SignInAsync();

        var own = _visit.Visitor.SetCookies.Where(cookie => cookie.Contains("-provider-", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, own.Count); // two are set and later removed
        Assert.All(
            own, cookie => Assert.Matches("^__Host-dashboard-provider-(state|nonce)-.*; path=/; secure; samesite=lax; httponly", cookie));
        Assert.Equal(["__Host-dashboard-form", "__Host-dashboard-session"], _visit.Visitor.Cookies.Keys.Order(StringComparer.Ordinal));
        Assert.True(_visit.Visitor.Cookies["__Host-dashboard-session"].Length < 1000, "account and session, but no token");
    }

    [Fact]
    public async Task Roles_AreTakenFromTheClaimsAtEachSignIn_AndSessionsEndWhenNoneIsLeft()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "mover").With("preferred_username", "mover").With("groups", "leads");
        await _visit.SignInAsync();
        Assert.Equal("owner", await _shared.NowAsync("mover"));
        await _shared.WriteAsync(
            "INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until, responsible) SELECT 'movers', 'grafana', 'h', "
                + "'api', name, 0, 9999999999999, id FROM accounts WHERE name = 'mover'");

        Provider.Behaviour = Provider.Behaviour.With("groups", ViewerGroups); // case matters
        using var second = _shared.Visit();
        await second.SignInAsync();
        Assert.Equal("viewer", await _shared.NowAsync("mover"));
        Assert.Equal(
            "mover sign-in done mover through Test Provider as viewer; stops 1 machine token: grafana", await _shared.LastRowAsync());
        Assert.Equal(1, await _shared.CountAsync("SELECT count(*) FROM machine_tokens WHERE id = 'movers' AND stopped_at IS NOT NULL"));
        Assert.Equal(HttpStatusCode.OK, (await _visit.Visitor.GetAsync("/more")).StatusCode);

        Provider.Behaviour = Provider.Behaviour.With("groups", null);
        using var third = _shared.Visit();
        var said = await third.SaidAsync(await third.SignInAsync());
        Assert.Equal(
            "Test Provider knows you, but you have no role here. Ask an administrator to add you to a group there that "
                + "Dashboard:Oidc:Roles lists; groups arrive in the claim groups.", said);
        Assert.Equal(
            "anonymous sign-in refused mover through Test Provider: no value of the roles claim gives a role",
            await _shared.LastRowAsync());
        Assert.Equal("", await _shared.NowAsync("mover"));
        Assert.Equal(HttpStatusCode.Redirect, (await _visit.Visitor.GetAsync("/more")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await second.Visitor.GetAsync("/more")).StatusCode);
    }

    [Fact]
    public async Task NameOfALocalAccount_NeverGivesThatAccount()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "impostor").With("preferred_username", "OWNER").With("groups", "watchers");
        Assert.Equal("/", (await _visit.SignInAsync()).Headers.Location?.ToString());
        Assert.Equal(("owner", "viewer"), (await _shared.NowAsync("owner"), await _shared.NowAsync("OWNER@127.0.0.1")));
        Assert.Equal(
            1,
            await _shared.CountAsync("SELECT count(*) FROM (SELECT account FROM sessions ORDER BY rowid DESC LIMIT 1) s JOIN accounts a "
                + "ON a.id = s.account WHERE a.subject = 'impostor'"));
        Assert.Equal(0, await _shared.CountAsync("SELECT count(*) FROM accounts WHERE name = 'owner' AND subject IS NOT NULL"));
        Assert.DoesNotContain(
            "href=\"accounts\"", await (await _visit.Visitor.GetAsync("/more")).Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal);

        Provider.Behaviour = Provider.Behaviour.With("sub", "impostor-2");
        using var second = _shared.Visit();
        Assert.StartsWith(
            "Your name at Test Provider belongs to another account here, so you are not signed in.",
            await second.SaidAsync(await second.SignInAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NameReusedAtTheProvider_DoesNotGiveTheAccount()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "first-of-name").With("preferred_username", "chris").With("groups", "leads");
        await _visit.SignInAsync();
        Provider.Behaviour = Provider.Behaviour.With("sub", "second-of-name").With("groups", "watchers");
        using var second = _shared.Visit();

        await second.SignInAsync();

        Assert.Equal(("owner", "viewer"), (await _shared.NowAsync("chris"), await _shared.NowAsync("chris@127.0.0.1")));
    }

    [Fact]
    public async Task NamesOfAuditActors_AreGivenToNoAccount()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "actor").With("preferred_username", "console");

        await _visit.SignInAsync();

        Assert.Equal(
            ("nobody", "flush-admin@cache, operator"), (await _shared.NowAsync("console"), await _shared.NowAsync("console@127.0.0.1")));
    }

    [Fact]
    public async Task DisabledAccount_CannotSignIn_WhateverTheProviderSays()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "leaver").With("preferred_username", "leaver").With("groups", "leads");
        await _visit.SignInAsync();
        await _shared.Console.Service<Storage.IConsoleStore>().WriteAsync(
            transaction =>
                Dapper.SqlMapper.Execute(
                    transaction.Connection!, "UPDATE accounts SET disabled_at = 1 WHERE name = 'leaver'", transaction: transaction),
                        Cancel);

        Assert.Equal(HttpStatusCode.Redirect, (await _visit.Visitor.GetAsync("/more")).StatusCode);
        Assert.Equal("This account is disabled. An owner can enable it.", await _visit.SaidAsync(await _visit.SignInAsync()));
        Assert.Equal("anonymous sign-in refused leaver through Test Provider: account is disabled", await _shared.LastRowAsync());
    }

    [Fact]
    public async Task SessionAtTheProvider_IsNoStepUp_UnlessItsSignInIsRecent()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "boss").With("preferred_username", "boss").With("groups", "leads");
        Assert.Equal(RefusalKind.StepUpRequired, await InviteAsync());

        Provider.Behaviour = Provider.Behaviour.With("auth_time", Now() - 400);
        Assert.Equal(RefusalKind.StepUpRequired, await InviteAsync());

        Provider.Behaviour = Provider.Behaviour.With("auth_time", Now() - 5);
        Assert.Null(await InviteAsync());

        async Task<RefusalKind?> InviteAsync()
        {
            using var visit = _shared.Visit();
            await visit.SignInAsync();
            return (await _shared.Console.Service<AccountAdministration>()
                .InviteAsync(
                    _shared.Console.SessionOf(visit.Visitor), $"guest-{Guid.NewGuid():N}"[..20], Grants.Parse("viewer", out _),
                    Cancel)).Refusal?.Kind;
        }
    }

    [Fact]
    public async Task StepUp_GoesThroughTheProvider_WhichHasToAskThePerson()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "acting").With("preferred_username", "acting").With("groups", "leads");
        await _visit.SignInAsync();
        var session = _shared.Console.SessionOf(_visit.Visitor);
        Assert.False(IsConfirmed());

        var old = await ConfirmAsync(Provider.Behaviour.With("auth_time", Now() - 120));
        Assert.StartsWith(
            "Test Provider did not confirm that it just asked you again", await _visit.SaidAsync(old), StringComparison.Ordinal);
        Assert.Equal(("login", "0"), (Provider.Asked["prompt"], Provider.Asked["max_age"]));
        Assert.StartsWith(
            "Test Provider did not confirm", await _visit.SaidAsync(await ConfirmAsync(Provider.Behaviour)), StringComparison.Ordinal);
        var other = await ConfirmAsync(Provider.Behaviour.With("auth_time", Now()).With("sub", "somebody-else"));
        Assert.StartsWith("You are signed in here with a different account", await _visit.SaidAsync(other), StringComparison.Ordinal);
        Assert.Matches(
            "^anonymous sign-in refused - through Test Provider: confirmed by another account or session; (at )?[0-9:]{8}( to "
                + "[0-9:]{8})? UTC$", await _shared.LastRowAsync());
        Assert.False(IsConfirmed());

        var fresh = await ConfirmAsync(Provider.Behaviour.With("auth_time", Now()));
        Assert.Equal("/confirm/provider?why=done", fresh.Headers.Location?.ToString());
        Assert.True(IsConfirmed());
        Assert.Equal("acting confirm done - at the provider", await _shared.LastRowAsync());
        Assert.Equal(session, _shared.Console.SessionOf(_visit.Visitor));

        bool IsConfirmed() => _shared.Console.Service<SessionStore>().Find(session)!.IsConfirmedAt(TimeProvider.System.GetUtcNow());

        async Task<HttpResponseMessage> ConfirmAsync(FakeOidcBehaviour manners)
        {
            var before = Provider.Behaviour;
            Provider.Behaviour = manners;
            var reply =
                await _visit.Visitor.GetAsync(
                    await _visit.ReturnAsync(await _visit.BeginAsync("/", "/confirm/provider", "/confirm/provider")));
            Provider.Behaviour = before;
            return reply;
        }
    }

    [Fact]
    public async Task AccountOfTheProvider_HasNoPasswordHere_AndItsRolesAreNotEdited()
    {
        Provider.Behaviour = Provider.Behaviour.With("sub", "plain").With("preferred_username", "plain");
        await _visit.SignInAsync();
        using var owner = await _shared.Console.SignedInAsync();
        var session = _shared.Console.SessionOf(owner);
        var (administration, id) = (
            _shared.Console.Service<AccountAdministration>(),
            (await _shared.Console.Service<AccountAdministration>().ListAsync(Cancel)).Single(one => one.Name == "plain").Id);

        Assert.Contains(
            "belongs to the provider",
            (await administration.GrantAsync(session, id, Grants.Parse("owner", out _), Cancel)).Refusal?.Sentence,
            StringComparison.Ordinal);
        Assert.Contains(
            "belongs to the provider", (await administration.ResetAsync(session, id, Cancel)).Refusal?.Sentence, StringComparison.Ordinal);
        Assert.Equal("flush-admin@cache, operator", await _shared.NowAsync("plain"));
        var accounts = await (await owner.GetAsync("/accounts")).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("roles come from 127.0.0.1 at each sign-in", accounts, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Roles of plain\"", accounts, StringComparison.Ordinal);
        Assert.Contains("\"More for plain\"", accounts, StringComparison.Ordinal);
        var own = await (await _visit.Visitor.GetAsync("/account")).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("They come from 127.0.0.1 at each sign-in", own, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", own, StringComparison.Ordinal);
        using var stranger = _shared.Console.Visit();
        Assert.Equal(HttpStatusCode.OK, (await stranger.SignInAsync("plain", HostedConsole.Password)).StatusCode);
    }

    /// <summary>The provider may be unreachable or change its answers: then an owner with a password has to let the others in.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)] // a console that never had a local owner is managed by the provider's owners
    public async Task OwnerFromTheProvider_ManagesAccounts_ButDoesNotCountAsTheLastOwner(bool hasLocalOwner)
    {
        await using var console =
            new HostedConsole(
                [.. Provider.Settings, .. hasLocalOwner ? Array.Empty<(string, string)>() : [("Dashboard:OwnerPasswordFile", "")]]);
        using var visit = new OidcVisit(console.Visit());
        await visit.SignInAsync();
        Provider.Behaviour = Provider.Behaviour.With("sub", "boss").With("preferred_username", "boss").With("groups", "leads")
            .With("auth_time", Now());
        await visit.SignInAsync();
        var administration = console.Service<AccountAdministration>();
        var session = console.SessionOf(visit.Visitor);

        Assert.Null((await administration.DisableAsync(session, (await AccountAsync("guest"))!.Id, Cancel)).Refusal);
        var local = await AccountAsync(HostedConsole.Owner);
        Assert.Equal(hasLocalOwner, local is not null);
        Assert.Equal(
            hasLocalOwner ? RefusalKind.Invalid : null,
            local is null ? null : (await administration.DisableAsync(session, local.Id, Cancel)).Refusal?.Kind);

        async Task<AccountSummary?> AccountAsync(string name) =>
            (await administration.ListAsync(Cancel)).SingleOrDefault(account => account.Name == name);
    }

    [Fact]
    public async Task SignOut_EndsTheConsolesSession_AndLeadsNowhereElse()
    {
        await _visit.SignInAsync();
        var token = await _visit.Visitor.TokenAsync("/more");

        var reply = await _visit.Visitor.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = token });

        Assert.Equal("/sign-in", reply.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await _visit.Visitor.GetAsync("/more")).StatusCode);
    }

    [Fact]
    public async Task NewKeysAtTheProvider_AreFetched_AfterOneSignInFailed()
    {
        await using var console = new HostedConsole(Provider.Settings);
        using var visit = new OidcVisit(console.Visit());
        Assert.Equal("/", (await visit.SignInAsync()).Headers.Location?.ToString());
        Provider.Behaviour = Provider.Behaviour with { HasNewKey = true };

        Assert.StartsWith(
            "The answer of Test Provider could not be trusted", await visit.SaidAsync(await visit.SignInAsync()), StringComparison.Ordinal);

        await Servers.Eventually.Async(async () => (await visit.SignInAsync()).Headers.Location?.ToString() == "/");
    }

    [Fact]
    public async Task NewClientSecret_IsReadFromItsFile_AtTheNextSignIn()
    {
        Provider.Behaviour = Provider.Behaviour with { Secret = "rotated" };
        Assert.StartsWith(
            "Test Provider did not accept its own code.", await _visit.SaidAsync(await _visit.SignInAsync()), StringComparison.Ordinal);

        try
        {
            await File.WriteAllTextAsync(Provider.SecretFile, "rotated\n", Cancel);
            Assert.Equal("/", (await _visit.SignInAsync()).Headers.Location?.ToString());
            await File.WriteAllTextAsync(Provider.SecretFile, "", Cancel);
            Assert.Contains(
                "Dashboard:Oidc:ClientSecretFile", await _visit.SaidAsync(await _visit.SignInAsync()), StringComparison.Ordinal);
        }
        finally
        {
            await File.WriteAllTextAsync(Provider.SecretFile, FakeOidcProvider.Secret + "\n", Cancel);
        }
    }

    [Fact]
    public async Task Beginning_RequiresAPostFromOurOwnPage()
    {
        Assert.Equal(HttpStatusCode.OK, (await _visit.Visitor.GetAsync("/sign-in/provider")).StatusCode);
        Assert.DoesNotContain(_visit.Visitor.Cookies.Keys, name => name.Contains("-provider-", StringComparison.Ordinal));

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _visit.Visitor.PostAsync("/sign-in/provider", new() { ["_handler"] = "provider" })).StatusCode);
        var token = await _visit.Visitor.TokenAsync("/sign-in");
        var foreign =
            await _visit.Visitor.PostAsync(
                "/sign-in/provider", new() { ["_handler"] = "provider", ["__RequestVerificationToken"] = token },
                ("Origin", "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.DoesNotContain(_visit.Visitor.Cookies.Keys, name => name.Contains("-provider-", StringComparison.Ordinal));
    }

    /// <summary>
    /// Browsers apply <c>form-action</c> to the redirects of a form. The answer is therefore a page that leads on, and the policy names
    /// only the console.
    /// </summary>
    [Fact]
    public async Task Beginning_IsAnsweredByAPage_SoThatThePolicyNamesOnlyTheConsole()
    {
        var reply = await _visit.PressAsync();

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Null(reply.Headers.Location);
        Assert.Contains(
            "; form-action 'self'; ", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains(
            $"http-equiv=\"refresh\" content=\"0;url={Provider.Url}/authorize?", await reply.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/sign-in/provider/back")]
    public async Task ReturnAddress_ThatIsNotAllowed_IsReplacedByTheOverview(string back) =>
        Assert.Equal("/", (await _visit.SignInAsync(back)).Headers.Location?.ToString());

    [Theory]
    [InlineData("/signin-oidc")]
    [InlineData("/signout-oidc")]
    [InlineData("/signout-callback-oidc")]
    public async Task DefaultPathsOfTheHandler_AreNotServed(string path)
    {
        await _visit.SignInAsync();

        await _visit.Visitor.GetAsync($"{path}?iss={Uri.EscapeDataString(Provider.Url)}");

        Assert.Equal(HttpStatusCode.OK, (await _visit.Visitor.GetAsync("/more")).StatusCode);
        using var stranger = _shared.Console.Visit();
        Assert.StartsWith(
            "/sign-in?return=", new Uri((await stranger.GetAsync(path)).Headers.Location!.ToString()).PathAndQuery,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoProvider_HasNoButtonAndNoScheme()
    {
        await using var console = new HostedConsole();
        using var stranger = console.Visit();

        Assert.DoesNotContain(
            "/sign-in/provider", await (await stranger.GetAsync("/sign-in")).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var schemes =
            await console.Services.GetRequiredService<Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider>()
                .GetAllSchemesAsync();
        Assert.Equal(["Bearer", "Session"], schemes.Select(scheme => scheme.Name).Order(StringComparer.Ordinal));
        Assert.Contains(
            "No provider is set up here.", await (await stranger.GetAsync("/sign-in/provider")).Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal);
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
}
