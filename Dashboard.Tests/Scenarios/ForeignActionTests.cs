using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using Bunit.TestDoubles;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Planning;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Components;
using Dashboard.Components.Access;
using Dashboard.Components.Actions;
using Dashboard.Components.Circuits;
using Dashboard.Consoles;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Realtime.Presence;
using Dashboard.Scenarios.ForeignAction;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Dashboard.Scenarios;

/// <summary>
/// An action of a kind that the console has never seen is added with one class and its strip: pages, dialog, runner and audit log handle
/// it.
/// </summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class ForeignActionTests : BunitContext, IAsyncLifetime
{
    private static readonly InstanceId Orders = InstanceId.Of("orders");

    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private TestServer _server = null!;
    private HostedConsole _console = null!;
    private HostedVisitor _owner = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private InstanceState State => _console.Service<Fleet>().Find(Orders)!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _console = new(("Dashboard:Instances:orders:Url", $"redis://{_server.Endpoint}"), ("Dashboard:Instances:orders:Purpose", "other"))
        {
            ReplaceServices = services => services.AddAction(typeof(PingClients)).AddAftermathStrip(typeof(PingStrip)),
        };
        _owner = await _console.SignedInAsync();
        await Eventually.Async(() => Task.FromResult(State.IsAnswering));
        await SetUpThePanelAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        _owner.Dispose();
        await _console.DisposeAsync();
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task IsOffered_OnThePageOfItsInstances()
    {
        var page = await PageAsync();

        Assert.Equal("Says something to every client.", page.GetElementById($"does-{PingClients.ActionId}")?.TextContent);
        Assert.NotNull(page.QuerySelector("button[aria-label='Preview: Ping the clients']"));
    }

    [Fact]
    public async Task Confirmed_RunsAndIsAudited_AndItsStripIsDrawn()
    {
        var panel = Show();

        await PreviewAsync(panel, "Says “good evening” to every client of orders.");
        await _dialogs.Find("form.action-form").SubmitAsync();
        var run = await FinishedRunAsync();

        Assert.Equal((PingClients.ActionId, AuditResult.Done, 4), (run.Action, run.Result, run.Counts["told"]));
        Assert.Equal("Everybody was told “good evening”.", run.Sentence);
        Assert.Equal(["intent started orders", "outcome done orders"], await AuditedAsync());
        await StripIsDrawnAsync(panel);
    }

    /// <summary>The action decides whether the plan is still the one that was seen, because the console cannot read its payload.</summary>
    [Fact]
    public async Task Changed_WhileTheDialogIsOpen_AsksToReadItAgain()
    {
        var panel = Show();
        await PreviewAsync(panel, "good evening");

        _console.Service<PingClients>().Greeting = "good night";
        Show(panel, TimeSpan.FromSeconds(25));

        const string Why = "It says something else now. Read the preview once more.";
        _dialogs.WaitForAssertion(() => Assert.Equal(Why, _dialogs.Find(".action [role=alert]").TextContent.Trim()));
        await _dialogs.Find("form.action-form").SubmitAsync();
        Assert.Equal("Everybody was told “good night”.", (await FinishedRunAsync()).Sentence);
    }

    private async Task<IEnumerable<string>> AuditedAsync() =>
        from row in await _console.Service<IConsoleStore>().ReadAsync(connection => AuditRows.After(connection, 0).ToList(), Cancel)
        where row.Action == PingClients.ActionId
        select $"{row.Kind} {row.Result} {row.Instance}";

    /// <summary>Checks the strip in the panel, where it can be pressed, and on the page as it is first sent.</summary>
    private async Task StripIsDrawnAsync(IRenderedComponent<ActionsPanel> panel)
    {
        await _console.Service<RunCache>().ReadAsync(Orders);
        Show(panel);
        Assert.Equal("Waiting for an answer to “good evening” on orders.Wait no longer", panel.Find(".ping").TextContent);
        var page = await PageAsync();
        Assert.Single(page.QuerySelectorAll(".ping"));
        Assert.Equal("Everybody was told “good evening”.", page.QuerySelector("[aria-label=Runs] .says")!.TextContent);

        await panel.Find(".ping button").ClickAsync(new());
        Show(panel);

        Assert.Empty(panel.FindAll(".ping"));
    }

    private async Task PreviewAsync(IRenderedComponent<ActionsPanel> panel, string effect)
    {
        await panel.Find("button[aria-label='Preview: Ping the clients']").ClickAsync(new());
        _dialogs.WaitForAssertion(() => Assert.Contains(effect, _dialogs.Find(".action .effects").TextContent, StringComparison.Ordinal));
    }

    private async Task<IHtmlDocument> PageAsync() =>
        new HtmlParser().ParseDocument(await (await _owner.GetAsync("/instances/orders/actions")).Content.ReadAsStringAsync(Cancel));

    private Task<Run> FinishedRunAsync() => Eventually.Async(
        async () => await _console.Service<RunStore>().NewestAsync(Orders, 1, Cancel) is [{ IsOver: true } run] ? run : null!,
        run => run is not null);

    private IRenderedComponent<ActionsPanel> Show() => Render<ActionsPanel>(with => Fill(with, TimeSpan.Zero));

    private void Show(IRenderedComponent<ActionsPanel> panel, TimeSpan later = default) => panel.Render(with => Fill(with, later));

    private void Fill(ComponentParameterCollectionBuilder<ActionsPanel> with, TimeSpan later) => with
        .Add(panel => panel.State, State)
        .Add(panel => panel.Fleet, _console.Service<Fleet>().States)
        .Add(panel => panel.Runs, _console.Service<RunCache>().Of(Orders))
        .Add(panel => panel.Now, TimeProvider.System.GetUtcNow() + later);

    /// <summary>Draws the panel here, signed in as the owner and with the console's own services.</summary>
    private async Task SetUpThePanelAsync()
    {
        Services.AddSingleton(_console.Service<ActionCatalog>()).AddSingleton(_console.Service<RunCache>())
            .AddSingleton(_console.Service<Viewers>());
        Services.AddSingleton(_console.Service<ActionPlanner>()).AddSingleton(_console.Service<ActionExecutor>());
        Services.AddSingleton(_console.Service<AftermathStrips>()).AddSingleton(_console.Service<PingClients>());
        Services.AddSingleton(_console.Service<SessionStore>()).AddSingleton(_console.Service<SessionMonitor>());
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<CircuitSession>().AddScoped<CircuitPresence>().AddScoped<StepUpPrompt>()
            .AddSingleton<AntiforgeryStateProvider, NoAntiforgery>();
        this.AddMud();
        var person = this.AddAuthorization();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        person.SetAuthorized(HostedConsole.Owner);
        var owner = new Account { Name = HostedConsole.Owner, PlainName = "OWNER", CreatedAt = TimeProvider.System.GetUtcNow() };
        var claims = SessionClaims.Of(owner, _console.SessionOf(_owner)).Claims;
        person.SetClaims([.. claims.Where(claim => claim.Type != ClaimTypes.Name)]);
        await Services.GetRequiredService<CircuitSession>().LoadAsync();
        _dialogs = this.ShowDialogs();
    }

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
