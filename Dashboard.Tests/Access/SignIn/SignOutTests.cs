using System.Net;
using Dashboard.Access.Sessions;
using Dashboard.Consoles;

namespace Dashboard.Access.SignIn;

/// <summary>Anyone who is signed in can sign out, whatever their roles and the state of the database file.</summary>
[Trait("Slow", "yes")]
public sealed class SignOutTests : IAsyncDisposable
{
    private const string Cookie = "__Host-dashboard-session";

    private readonly HostedConsole _console = new();
    private readonly People _people;

    public SignOutTests() => _people = new(_console);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task WithoutAnyRole_APageSaysSo_AndLetsThemSignOut()
    {
        await _people.AddAsync("guest", "viewer");
        using var guest = await _console.SignedInAsync("guest", People.Chosen);
        await _people.WriteAsync("DELETE FROM grants WHERE account = (SELECT id FROM accounts WHERE name = 'guest')");

        var led = await guest.GetAsync("/");
        Assert.Equal((HttpStatusCode.Redirect, SessionCookie.NoRolePath), (led.StatusCode, led.Headers.Location?.ToString()));
        var page = await guest.GetAsync(SessionCookie.NoRolePath);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains(
            "You are signed in as guest, and have no role here.", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.GetAsync("/api/fleet", ("Accept", "application/json"))).StatusCode);
        var left =
            await guest.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = await guest.TokenAsync(SessionCookie.NoRolePath) });

        Assert.Equal("/sign-in", left.Headers.Location?.ToString());
        Assert.Equal(1, await _people.AskAsync<int>("SELECT count(*) FROM audit WHERE action = 'sign-out' AND actor = 'guest'"));
    }

    [Fact]
    public async Task PageForNoRole_LeadsAPersonWithARoleToTheOverview()
    {
        using var owner = await _console.SignedInAsync();
        using var stranger = _console.Visit();

        Assert.Equal("http://localhost/", (await owner.GetAsync(SessionCookie.NoRolePath)).Headers.Location?.ToString());
        Assert.Contains(
            "/sign-in", (await stranger.GetAsync(SessionCookie.NoRolePath)).Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhileTheFileCannotBeUsed_TheSessionStillEnds()
    {
        await _people.AddAsync("guest", "viewer");
        using var guest = await _console.SignedInAsync("guest", People.Chosen);
        using var owner = await _console.SignedInAsync();
        using var thief = _console.Visit();
        thief.Cookies[Cookie] = owner.Cookies[Cookie];
        var (token, told) = (await owner.TokenAsync("/more"), new List<Session?>());
        using var page = _console.Service<SessionMonitor>().Follow(_console.SessionOf(owner), told.Add);
        File.Move(Path.Combine(_console.DataFolder, "console.db"), Path.Combine(_console.DataFolder, "elsewhere"));
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/")).StatusCode);

        await owner.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = token });

        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/_blazor")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/")).StatusCode);
        Assert.Null(told[^1]);
    }
}
