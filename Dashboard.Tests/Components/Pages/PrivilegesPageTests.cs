using Bunit;
using Dashboard.Components.Circuits;
using Dashboard.Components.Privileges;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Components.Pages;

public sealed class PrivilegesPageTests : BunitContext
{
    public PrivilegesPageTests()
    {
        // Nothing listens there.
        Instance[] instances =
            [Watched("cache", Purpose.Cache),
                Watched("session", Purpose.Session) with { Watch = new("dash-watch", "/no/such/file"),
                    Act = new("dash-act", "/no/such/file") }];
        var settings = new MonitoringSettings(instances, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
        Services.AddSingleton(settings);
        Services.AddSingleton(new Fleet(settings, NullLogger<Fleet>.Instance));
        this.AddMud();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<ValkeyServers>();
        Services.AddSingleton(KeyPatterns.Default);
        Services.AddSingleton<PrivilegeCheckCache>();
        Services.AddScoped<CircuitPresence>();
        Services.AddScoped<FleetTicker>();
    }

    [Fact]
    public void BeforeItIsInteractive_AsksNoServer_AndClaimsNothing()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = Render<PrivilegesPage>();

        Assert.Equal(["checking", "checking", "checking", "checking"], Chips(page));
        Assert.True(page.Find("button").HasAttribute("disabled"));
    }

    [Fact]
    public void ServersThatDoNotAnswer_AreShown_AndCanBeCheckedAgain()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));

        var page = Render<PrivilegesPage>();

        page.WaitForAssertion(() => Assert.Equal(["down", "down", "no password", "no password"], Chips(page)));
        page.WaitForAssertion(() => Assert.Equal("Check again", page.Find("button").TextContent));
        Assert.Equal(
            ["the default user", "the default user", "dash-watch", "dash-act"],
            page.FindAll("td[data-label='Signs in as']").Select(cell => cell.TextContent));
        Assert.All(page.FindAll("td[data-label='Missing'], td[data-label='Too much']"), cell => Assert.Equal("–", cell.TextContent));
        Assert.Contains("same user", page.Find("[aria-label='cache: Watching']").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("same user", page.Find("[aria-label='session: Watching']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowThatIsNotRight_IsOpen_UntilAPersonClosesIt()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = Render<PrivilegesPage>();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("section.details").Count));

        await page.Find("[aria-label='Details: cache: Watching']").ClickAsync(new());
        page.Render();

        Assert.Equal(
            ["cache: Acting", "session: Watching", "session: Acting"],
            page.FindAll("section.details").Select(details => details.GetAttribute("aria-label")));
    }

    [Fact]
    public void TableThatFails_DoesNotBreakThePage()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        ComponentFactories.Add(type => type == typeof(PrivilegeTable), _ => new Failing());

        var page = Render<PrivilegesPage>();

        Assert.Single(page.FindAll("p.broken"));
        Assert.Equal("Privileges", page.Find("h1").TextContent);
    }

    private static IEnumerable<string> Chips(IRenderedComponent<PrivilegesPage> page) =>
        page.FindAll(".chip").Select(chip => chip.TextContent.Trim());

    private static Instance Watched(string id, Purpose purpose) =>
        new(InstanceId.Of(id), purpose, new InstanceAddress("127.0.0.1", FreePort.Next()));

    /// <summary>Stands in for the table and fails.</summary>
    private sealed class Failing : ComponentBase
    {
        [Parameter(CaptureUnmatchedValues = true)]
        public Dictionary<string, object> Given { get; set; } = [];

        protected override void OnInitialized() => throw new InvalidOperationException("drawn to fail");
    }
}
