using System.Security.Claims;
using Bunit;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Consoles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Dashboard.Components.Access;

/// <summary>What owners see of machine tokens, and what they can do with them.</summary>
[Trait("Slow", "yes")]
public sealed class ApiTokenPanelTests(SharedPeople shared) : BunitContext, IClassFixture<SharedPeople>
{
    private IRenderedComponent<MudDialogProvider>? _dialogs;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private HostedConsole Console => shared.Console;

    private ApiTokenAdministration Tokens => Console.Service<ApiTokenAdministration>();

    [Fact]
    public async Task TokenWhoseOwnerIsDisabled_IsShownAsRefused_WithTheReason_AndAdopted()
    {
        var (anna, name) = (await shared.People.AddAsync(SharedPeople.Name("anna"), "owner"), SharedPeople.Name("grafana"));
        await Tokens.MakeAsync(await shared.People.SessionAsync(anna), name, [ApiTokenScope.Api], 1, Cancel);
        var owner = await shared.People.PersonAsync(await shared.People.FindAsync(HostedConsole.Owner));
        var panel = await OpenAsync(owner);
        Assert.Equal([$"Revoke {name}"], Buttons(panel, name));
        Assert.DoesNotContain("Refused", Entry(panel, name).TextContent, StringComparison.Ordinal);

        await shared.People.Administration.DisableAsync(owner.SessionId(), anna.Id, Cancel);
        await ShowAsync(panel);
        Assert.Contains(
            $"Refused: the owner who made it, {anna.Name}, is disabled. Adopt it or revoke it.", Entry(panel, name).TextContent,
            StringComparison.Ordinal);
        Assert.Equal([$"Adopt {name}", $"Revoke {name}"], Buttons(panel, name));
        await panel.Find($"[aria-label='Adopt {name}']").ClickAsync();

        panel.WaitForAssertion(
            () => Assert.Contains($"made by {anna.Name}, adopted by owner", Entry(panel, name).TextContent, StringComparison.Ordinal));
        Assert.Equal([$"Revoke {name}"], Buttons(panel, name));
        Assert.DoesNotContain("Refused", Entry(panel, name).TextContent, StringComparison.Ordinal);
        var revoking = panel.Find($"[aria-label='Revoke {name}']").ClickAsync();
        await _dialogs!.WaitForElement(".mud-message-box__yes-button").ClickAsync();
        await revoking;
        panel.WaitForAssertion(() => Assert.Contains("revoked", Entry(panel, name).TextContent, StringComparison.Ordinal));
        Assert.Empty(Buttons(panel, name));
    }

    /// <summary>An owner who is about to disable an account sees what stops with it.</summary>
    [Fact]
    public async Task Account_SaysWhichTokensStopWithIt()
    {
        var (anna, name) = (await shared.People.AddAsync(SharedPeople.Name("anna"), "owner"), SharedPeople.Name("grafana"));
        await Tokens.MakeAsync(await shared.People.SessionAsync(anna), name, [ApiTokenScope.Api], 1, Cancel);
        await SignedInAsync(await shared.People.PersonAsync(anna));
        Services.AddSingleton(shared.People.Administration);
        var tokens = await Tokens.ListAsync(Cancel);

        this.ShowDialogs();
        var table = Render<AccountList>(with => with
            .Add(one => one.Accounts, [AccountSummary.Of(anna, Grants.Parse("owner", out _))])
            .Add(one => one.Tokens, [.. tokens.Where(token => token.Name == name)])
            .Add(one => one.Instances, [])
            .Add(one => one.Now, TimeProvider.System.GetUtcNow())
            .Add(one => one.Act, _ => Task.FromResult(true))
            .Add(one => one.Done, (_, _) => { })
            .Add(one => one.Withdrawn, _ => { })
            .Add(one => one.Invited, (_, _) => { }));

        Assert.Contains(
            $"responsible for 1 machine token: {name}; it stops working if this account is disabled or is no longer an owner",
            table.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<ApiTokenPanel>> OpenAsync(ClaimsPrincipal owner)
    {
        await SignedInAsync(owner);
        Services.AddSingleton(Tokens);
        var tokens = await Tokens.ListAsync(Cancel);
        _dialogs = this.ShowDialogs();
        IRenderedComponent<ApiTokenPanel>? panel = null;
        return panel = Render<ApiTokenPanel>(with => with
            .Add(one => one.Tokens, tokens)
            .Add(one => one.Now, TimeProvider.System.GetUtcNow())
            .Add(one => one.Made, (_, _) => { })
            .Add(one => one.Act, async act =>
            {
                var refusal = await act();
                Assert.Null(refusal);
                await ShowAsync(panel!);
                return true;
            }));
    }

    private async Task ShowAsync(IRenderedComponent<ApiTokenPanel> panel)
    {
        var tokens = await Tokens.ListAsync(Cancel);
        await panel.InvokeAsync(() => panel.Render(with => with.Add(one => one.Tokens, tokens)));
    }

    private async Task SignedInAsync(ClaimsPrincipal person)
    {
        var circuit =
            new CircuitSession(new Known(person), Console.Service<SessionStore>(), Console.Service<SessionMonitor>(), TimeProvider.System);
        await circuit.LoadAsync();
        Services.AddSingleton(circuit);
        this.AddMud();
    }

    private static AngleSharp.Dom.IElement Entry(IRenderedComponent<ApiTokenPanel> panel, string name) =>
        panel.FindAll("tbody tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal));

    private static IEnumerable<string?> Buttons(IRenderedComponent<ApiTokenPanel> panel, string name) =>
        Entry(panel, name).QuerySelectorAll("button").Select(button => button.GetAttribute("aria-label"));

    private sealed class Known(ClaimsPrincipal person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(person));
    }
}
