using System.Net;
using Dashboard.Access.Administration;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Oidc;
using Dashboard.Access.Roles;

namespace Dashboard.KeptFiles.Making;

/// <summary>Makes accounts with each role and in each state, and does what people do with them.</summary>
internal sealed class AccountSteps(Maker maker, MakerConsole console)
{
    /// <summary>Named for the role, or for what is done to the account later.</summary>
    private static readonly (string Name, string Roles)[] Invited =
    [
        ("owner-2", "owner"),
        ("recovered-1", "owner"),
        ("operator-1", "operator@cache"),
        ("viewer-1", "viewer"),
        ("token-admin-1", "token-admin@session"),
        ("flush-admin-1", "flush-admin@cache, operator"),
        ("factor-1", "operator"),
        ("locked-1", "viewer"),
        ("roleless-1", "viewer"),
        ("disabled-1", "viewer"),
        ("enabled-1", "viewer"),
        ("reset-1", "operator"),
        ("waiting-1", "viewer"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountAdministration Administration => console.Service<AccountAdministration>();

    public async Task RunAsync()
    {
        await BeginAsync();
        using var owner = await console.OwnerAsync(maker.Passwords["owner"]);
        await InviteAsync(owner.Session);
        await new SecondFactorSteps(maker, console).RunAsync();
        await SignInThroughProviderAsync();
        await ChangeAsync(owner.Session);
        await ChangePasswordAsync("operator-1");
        await FailAsync(owner);
        await owner.SignOutAsync();
    }

    /// <summary>Makes the first owner through a set-up link.</summary>
    private async Task BeginAsync()
    {
        var secret = MakerConsole.Done(await console.Service<OwnerInvitation>().InviteAsync(Cancel));
        await console.AcceptAsync(secret, maker.NewPassword("owner"), "owner");
    }

    private async Task InviteAsync(string session)
    {
        foreach (var (name, roles) in Invited)
        {
            var secret = MakerConsole.Done(await Administration.InviteAsync(session, name, Grants.Parse(roles, out _), Cancel));
            if (name is "waiting-1" or "viewer-1")
            {
                maker.Links[name] = secret;
            }

            if (name != "waiting-1")
            {
                await console.AcceptAsync(secret, maker.NewPassword(name));
                using var visitor = await console.SignInAsync(name, maker.Passwords[name], "10.0.0.2");
            }
        }
    }

    private async Task SignInThroughProviderAsync()
    {
        maker.Provider.Behaviour = maker.Provider.Behaviour.With("sub", "subject-1").With("preferred_username", "provided-1");
        using var visit = new OidcVisit(console.Visit("10.0.0.5"));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.SignInAsync()).StatusCode);
    }

    private async Task ChangeAsync(string session)
    {
        MakerConsole.Done(await Administration.GrantAsync(session, console.AccountOf("roleless-1"), Grants.None, Cancel));
        MakerConsole.Done(await Administration.DisableAsync(session, console.AccountOf("disabled-1"), Cancel));
        MakerConsole.Done(await Administration.DisableAsync(session, console.AccountOf("enabled-1"), Cancel));
        MakerConsole.Done(await Administration.EnableAsync(session, console.AccountOf("enabled-1"), Cancel));
        MakerConsole.Done(await Administration.EndSessionsAsync(session, console.AccountOf("enabled-1"), Cancel));
        maker.Links["reset-1"] = MakerConsole.Done(await Administration.ResetAsync(session, console.AccountOf("reset-1"), Cancel));
        var recovery = MakerConsole.Done(await console.Service<OwnerRecovery>().RecoverAsync("recovered-1", Cancel));
        await console.AcceptAsync(recovery, maker.NewPassword("recovered-1"));
    }

    private async Task ChangePasswordAsync(string name)
    {
        var present = maker.Passwords[name];
        using var visitor = await console.SignInAsync(name, present, "10.0.0.2");
        var reply = await MakerConsole.SendAsync(
            visitor, "/account", "password", new() { ["Change.Present"] = present, ["Change.Wanted"] = maker.NewPassword(name) });
        Assert.Contains("Your password is changed", await MakerConsole.ReadAsync(reply), StringComparison.Ordinal);
    }

    /// <summary>Makes attempts that are refused: wrong passwords, an unknown name, a wrong confirmation, an act beyond a role.</summary>
    private async Task FailAsync(MakerOwner owner)
    {
        foreach (var name in (string[])["operator-1", "operator-1", "nobody-1", "disabled-1"])
        {
            using var visitor = console.Visit("10.0.9.9");
            Assert.Equal(HttpStatusCode.OK, (await visitor.SignInAsync(name, "a wrong password")).StatusCode);
        }

        await owner.ConfirmAsync("a wrong password", HttpStatusCode.Forbidden);
        await owner.ConfirmAsync();
        using var viewer = await console.SignInAsync("viewer-1", maker.Passwords["viewer-1"], "10.0.0.2");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.NotNull(
                (await Administration.EnableAsync(console.SessionOf(viewer), console.AccountOf("disabled-1"), Cancel)).Refusal);
        }
    }
}
