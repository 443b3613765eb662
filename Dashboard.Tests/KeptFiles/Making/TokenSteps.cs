using System.Net;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;

namespace Dashboard.KeptFiles.Making;

/// <summary>Makes machine tokens that are accepted, revoked, stopped with their owner, and adopted.</summary>
internal sealed class TokenSteps(Maker maker, MakerConsole console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ApiTokenAdministration All => console.Service<ApiTokenAdministration>();

    public async Task RunAsync()
    {
        using var owner = await console.OwnerAsync(maker.Passwords["owner"]);
        using var other = await console.SignInAsync("owner-2", maker.Passwords["owner-2"], "10.0.0.2");
        await MakeAsync(owner.Session, "live-1", ["api"]);
        await MakeAsync(owner.Session, "broad-1", ["metrics", "api", "hub"]);
        await MakeAsync(owner.Session, "revoked-1", ["api"]);
        await MakeAsync(console.SessionOf(other), "stopped-1", ["api"]);
        await MakeAsync(console.SessionOf(other), "adopted-1", ["api"]);
        Assert.Equal(HttpStatusCode.OK, await ReadAsync("live-1"));

        MakerConsole.Done(await All.RevokeAsync(owner.Session, IdOf("revoked-1"), Cancel));
        MakerConsole.Done(await console.Service<AccountAdministration>().DisableAsync(owner.Session, console.AccountOf("owner-2"), Cancel));
        MakerConsole.Done(await All.AdoptAsync(owner.Session, IdOf("adopted-1"), Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync("revoked-1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync("stopped-1"));
    }

    private async Task MakeAsync(string session, string name, IReadOnlyList<string> scopes) =>
        maker.Tokens[name] = MakerConsole.Done(await All.MakeAsync(session, name, scopes, ApiTokenAdministration.MaxLifetimeDays, Cancel));

    private async Task<HttpStatusCode> ReadAsync(string name)
    {
        using var program = console.Visit("10.0.0.6");
        var reply = await program.GetAsync("/api/fleet", ("Authorization", $"Bearer {maker.Tokens[name]}"), ("Accept", "application/json"));
        return reply.StatusCode;
    }

    private string IdOf(string name) => console.Ask<string>("SELECT id FROM machine_tokens WHERE name = @name", new { name });
}
