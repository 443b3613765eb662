using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Dashboard.Access.Accounts;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Components.Access;
using Dashboard.Components.Circuits;
using Dashboard.Configuration;
using Dashboard.Hosting.Edge;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Realtime.Presence;
using Dashboard.Servers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;

namespace Dashboard.Components.Actions;

/// <summary>The actions panel of one real server, seen by a person who is signed in.</summary>
public abstract class PanelContext(params string[] lines) : BunitContext, IAsyncLifetime
{
    private protected TestServer Server { get; private set; } = null!;

    private protected OpenRunner Runner { get; private set; } = null!;

    /// <summary>The session of the person.</summary>
    private protected string Session { get; private set; } = "";

    /// <summary>Where dialogs are drawn.</summary>
    private protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    private protected InstanceState State => Runner.Fleet.States[0];

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(lines);

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await Runner.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <param name="actions">The actions to offer; none for those of the console.</param>
    private protected Task OpenAsync(OperatorRole role, Purpose purpose, params IAdminAction[] actions) =>
        OpenAsync(role, Server.Instance(purpose), actions);

    private protected async Task OpenAsync(OperatorRole role, Instance instance, params IAdminAction[] actions)
    {
        Runner = new(Server, instance, new RunnerOptions(), actions);
        await Runner.PollAsync();
        Session = await Runner.SignInAsync("guest", role);
        Services.AddSingleton(Runner.Actions).AddSingleton(Runner.Planner).AddSingleton(Runner.Executor).AddSingleton(Runner.Undo);
        Services.AddAftermathStrips();
        Services.AddSingleton(new RunCache(
            Runner.Runs, Runner.Aftermaths, Runner.Console.Changes, TimeProvider.System, NullLogger<RunCache>.Instance));
        Services.AddSingleton(Runner.Console.Changes).AddSingleton(Runner.Fleet);
        Services.AddSingleton(new MonitoringSettings([instance], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test"));
        Services.AddScoped<CircuitPresence>().AddScoped<FleetTicker>().AddSingleton<Viewers>();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(Runner.Console.Store);
        Services.AddSingleton(Runner.Sessions);
        Services.AddSingleton(new LiveConnections(new(200, 20)));
        Services.AddSingleton<SessionMonitor>();
        Services.AddScoped<CircuitSession>();
        Services.AddScoped<StepUpPrompt>();
        Services.AddSingleton<AntiforgeryStateProvider, NoToken>();
        var person = this.AddAuthorization();
        this.AddMud();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        person.SetAuthorized("guest");
        person.SetClaims(
            [.. SessionClaims.Of(
                new Account { Name = "guest", PlainName = "GUEST", CreatedAt = TimeProvider.System.GetUtcNow() }, Session).Claims.Where(
                    claim => claim.Type != ClaimTypes.Name)]);
        await Services.GetRequiredService<CircuitSession>().LoadAsync();
        Dialogs = this.ShowDialogs();
    }

    private protected IRenderedComponent<ActionsPanel> Show(LatestRuns? runs = null, InstanceState? state = null) =>
        Render<ActionsPanel>(with => with
        .Add(panel => panel.State, state ?? State)
        .Add(panel => panel.Fleet, Runner.Fleet.States)
        .Add(panel => panel.Runs, runs ?? new([], null))
        .Add(panel => panel.Now, TimeProvider.System.GetUtcNow()));

    private protected static IElement Button(IRenderedComponent<ActionsPanel> panel, string name) =>
        panel.FindAll("button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private protected static bool IsDisabled(IElement button) => button.HasAttribute("disabled");

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
