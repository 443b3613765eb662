using System.Net;
using Dapper;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Sessions;
using Dashboard.Consoles;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Scenarios;

/// <summary>A session's id is made at the sign-in, and is worth nothing once the session is over.</summary>
[Trait("Slow", "yes")]
public sealed class SessionFixationTests : IAsyncDisposable
{
    private const string Cookie = "__Host-dashboard-session";

    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task PlantedCookie_IsNotAdopted()
    {
        using var planter = await _console.SignedInAsync();
        var planted = planter.Cookies[Cookie];
        using var victim = _console.Visit();
        victim.Cookies[Cookie] = planted;

        await victim.SignInAsync(HostedConsole.Owner, HostedConsole.Password);

        Assert.NotEqual(planted, victim.Cookies[Cookie]);
        Assert.Equal(2, await CountAsync("SELECT count(DISTINCT hash) FROM sessions"));
        Assert.Equal(HttpStatusCode.Redirect, (await planter.GetAsync("/")).StatusCode); // replaced: it ended as the new one began
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM audit WHERE action = 'sign-out' AND detail = 'replaced by a new sign-in'"));
        Assert.Equal(HttpStatusCode.OK, (await victim.GetAsync("/")).StatusCode);
    }

    [Theory]
    [InlineData("planted")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task MadeUpCookie_BelongsToNoSession(string value)
    {
        using var visitor = _console.Visit();
        visitor.Cookies[Cookie] = value;
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/")).StatusCode);

        await visitor.SignInAsync(HostedConsole.Owner, HostedConsole.Password);

        Assert.NotEqual(value, visitor.Cookies[Cookie]);
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM sessions WHERE hash = '{RandomSecret.HashOf(value)}'"));
    }

    [Fact]
    public async Task SignOut_EndsTheSessionId_OnceHoweverOftenItIsSent()
    {
        using var owner = await _console.SignedInAsync();
        using var thief = _console.Visit();
        thief.Cookies[Cookie] = owner.Cookies[Cookie];
        var (token, form) = (await owner.TokenAsync("/more"), owner.Cookies["__Host-dashboard-form"]);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/")).StatusCode);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var click = _console.Visit();
            (click.Cookies[Cookie], click.Cookies["__Host-dashboard-form"]) = (thief.Cookies[Cookie], form);
            await click.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = token });
        }));

        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/")).StatusCode);
        Assert.Equal(1, await CountAsync("SELECT count(*) FROM audit WHERE action = 'sign-out'"));
    }

    [Fact]
    public async Task NewPassword_EndsTheOtherSessions()
    {
        using var here = await _console.SignedInAsync();
        using var elsewhere = await _console.SignedInAsync();
        var store = _console.Service<IConsoleStore>();
        var account = await store.ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), Cancel);
        await using var scope = _console.Services.CreateAsyncScope();

        Assert.Null(
            await scope.ServiceProvider.GetRequiredService<AccountSelfService>()
                .ChangePasswordAsync(SessionClaims.Of(account!, _console.SessionOf(here)), HostedConsole.Password, "another quiet "
                    + "evening", null, Cancel));

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/")).StatusCode);
        using var late = _console.Visit();
        Assert.Equal(HttpStatusCode.OK, (await late.SignInAsync(HostedConsole.Owner, HostedConsole.Password)).StatusCode); // the form again
        Assert.Equal(HttpStatusCode.Redirect, (await late.SignInAsync(HostedConsole.Owner, "another quiet evening")).StatusCode);
    }

    private Task<int> CountAsync(string sql) =>
        _console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<int>(sql), Cancel);
}
