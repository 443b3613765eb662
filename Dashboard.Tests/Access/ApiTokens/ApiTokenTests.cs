using System.Net;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;
using Dashboard.Storage;

namespace Dashboard.Access.ApiTokens;

/// <summary>Programs that send a token instead of a session.</summary>
[Trait("Slow", "yes")]
public sealed class ApiTokenTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("api", "/api/fleet", HttpStatusCode.OK)]
    [InlineData("metrics", "/api/fleet", HttpStatusCode.Forbidden)]
    [InlineData("api", "/", HttpStatusCode.Redirect)] // pages are for people
    [InlineData("api", "/audit/export.csv", HttpStatusCode.Redirect)]
    public async Task Token_OpensOnlyWhatItsScopeAllows(string scope, string path, HttpStatusCode status)
    {
        var token = await MakeAsync(scope);
        using var machine = _console.Visit();

        Assert.Equal(status, (await machine.GetAsync(path, Bearer(token))).StatusCode);
    }

    [Theory]
    [InlineData("UPDATE machine_tokens SET revoked_at = 1")]
    [InlineData("UPDATE machine_tokens SET until = 1")]
    [InlineData("DELETE FROM machine_tokens")]
    public async Task Token_RevokedOrExpired_OpensNothing(string how)
    {
        var token = await MakeAsync("api");
        await _console.Service<IConsoleStore>()
            .WriteAsync(
                transaction => transaction.Connection!.Execute(how, transaction: transaction), TestContext.Current.CancellationToken);
        using var machine = _console.Visit();

        var reply = await machine.GetAsync("/api/fleet", Bearer(token));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    /// <summary>Monitoring has to work when the disk is full.</summary>
    [Fact]
    public async Task Token_WhoseUseCannotBeRecorded_StillReads()
    {
        var token = await MakeAsync("api");
        await _console.Service<IConsoleStore>().WriteAsync(
            transaction => transaction.Connection!.Execute("CREATE TRIGGER full BEFORE UPDATE ON machine_tokens BEGIN INSERT INTO "
                + "nowhere VALUES (1); END", transaction: transaction),
            TestContext.Current.CancellationToken);
        using var machine = _console.Visit();

        for (var scrape = 0; scrape < 5; scrape++)
        {
            Assert.Equal(HttpStatusCode.OK, (await machine.GetAsync("/api/fleet", Bearer(token))).StatusCode);
        }

        Assert.Equal(1, _console.LogText.Split("The use of machine tokens cannot be recorded").Length - 1);
    }

    [Fact]
    public async Task AnonymousRequest_IsRefused_AndASignedInPersonReads()
    {
        using var stranger = _console.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/fleet")).StatusCode);
        Assert.Equal(
            "Healthy", await (await stranger.GetAsync("/healthz")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using var owner = await _console.SignedInAsync();
        var fleet = await (await owner.GetAsync("/api/fleet")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"id\":\"cache\",\"purpose\":\"cache\"", fleet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenWithACookie_IsRefused()
    {
        var token = await MakeAsync("api");
        using var machine = _console.Visit();
        machine.Cookies["anything"] = "x";

        Assert.Equal(HttpStatusCode.Unauthorized, (await machine.GetAsync("/api/fleet", Bearer(token))).StatusCode);
    }

    [Fact]
    public async Task Token_IsStoredOnlyAsAHash()
    {
        var token = await MakeAsync("api");

        Assert.StartsWith(ApiTokenAdministration.Prefix, token, StringComparison.Ordinal);
        var kept = await _console.Service<IConsoleStore>().ReadAsync(
            connection => string.Join(' ', connection.Query<string>("SELECT id || name || hash || scopes FROM machine_tokens UNION ALL "
                + "SELECT coalesce(subject, '') || coalesce(detail, '') FROM audit")), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(token[ApiTokenAdministration.Prefix.Length..], kept, StringComparison.Ordinal);
    }

    private async Task<string> MakeAsync(string scope)
    {
        var cancel = TestContext.Current.CancellationToken;
        var account =
            await _console.Service<IConsoleStore>()
                .ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), cancel);
        var session = (await _console.Service<SessionIssuer>().LetInAsync(account!, null, "password", cancel))!.SessionId();
        return (await _console.Service<ApiTokenAdministration>().MakeAsync(session, "grafana", [scope], 1, cancel)).Value!;
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}
