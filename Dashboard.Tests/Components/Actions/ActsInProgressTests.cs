using Bunit;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Instances.Purposes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Dashboard.Components.Actions;

/// <summary>What every page shows of the runs in progress, on a real server.</summary>
[Trait("Needs", "Server")]
public sealed class ActsInProgressTests : PanelContext
{
    private readonly TaskCompletionSource<ActionOutcome> _end = new();

    [Fact]
    public async Task RunInProgress_IsOnEveryPage_ButTheOneThatShowsItAnyway()
    {
        var acts = await BeginAsync();

        acts.WaitForAssertion(
            () => Assert.Contains("guest runs “Probe the server”", acts.Find(".acting").TextContent, StringComparison.Ordinal));
        Assert.Equal("instances/test/actions", acts.Find(".acting a").GetAttribute("href"));
        Services.GetRequiredService<NavigationManager>().NavigateTo("instances/test/actions?window=1h");

        Assert.Empty(Render<ActsInProgress>().FindAll(".acting"));
        _end.SetResult(ProbeAction.Well);
    }

    [Fact]
    public async Task RunThatEnds_IsSaidOnce_WithAWayToIt()
    {
        var acts = await BeginAsync();
        var messages = Services.GetRequiredService<ISnackbar>();
        acts.WaitForElement(".acting");
        Assert.Empty(messages.ShownSnackbars);

        _end.SetResult(ProbeAction.Well);

        acts.WaitForAssertion(() => Assert.Empty(acts.FindAll(".acting")));
        acts.WaitForAssertion(() => Assert.StartsWith(
                "Probe the server on test: done at ", Assert.Single(messages.ShownSnackbars).Message, StringComparison.Ordinal));
    }

    private async Task<IRenderedComponent<ActsInProgress>> BeginAsync()
    {
        await OpenAsync(OperatorRole.Operator, Purpose.Cache, new ProbeAction(_ => _end.Task));
        var acts = Render<ActsInProgress>();
        Assert.IsType<RunResult.Begun>(await Runner.BeginAsync(Session, await Runner.PlanAsync(Session)));
        return acts;
    }
}
