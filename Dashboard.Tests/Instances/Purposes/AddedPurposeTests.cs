using Bunit;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Reclaim;
using Dashboard.Actions.Scanning;
using Dashboard.Api;
using Dashboard.Components;
using Dashboard.Components.Actions;
using Dashboard.Components.Instances;
using Dashboard.Components.Layout;
using Dashboard.Components.Pages;
using Dashboard.Components.Presence;
using Dashboard.Configuration;
using Dashboard.History;
using Dashboard.Monitoring;
using Dashboard.Valkey;
using Dashboard.Valkey.Permissions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Instances.Purposes;

/// <summary>A purpose is one class: with only <see cref="QueueProfile"/> added, an instance of it is treated like any other.</summary>
public sealed class AddedPurposeTests : BunitContext
{
    private static readonly Purpose Queue = new(new QueueProfile());

    private readonly WriterFixture _history = new();
    private readonly MonitoringSettings _settings = Written.Read(
        Queue,
        ("Instances:jobs:Url", "redis://10.0.0.9"), ("Instances:jobs:Purpose", "Queue"), ("Instances:cache:Url", "redis://10.0.0.8"));

    private readonly Fleet _fleet;

    public AddedPurposeTests()
    {
        _fleet = new Fleet(_settings, NullLogger<Fleet>.Instance);
        Services.AddSingleton(_settings);
        Services.AddSingleton(_fleet);
        Services.AddSingleton<TimeProvider>(_history.Time);
        Services.AddSingleton(new ChartSource(_history.Query, _history.Writer));
        var changes = new Changes.ChangeFeed(NullLogger<Changes.ChangeFeed>.Instance);
        var store = new Storage.Sqlite.SqliteConsoleStore(
            new("/no/such/folder/console.db", "/no/such/folder/audit.head"), changes,
            NullLogger<Storage.Sqlite.SqliteConsoleStore>.Instance);
        Services.AddSingleton(new RunCache(
            new(store, new("here-1"), [], _history.Time), [], changes, _history.Time, NullLogger<RunCache>.Instance));
        ComponentFactories.AddStub<ActionsPanel>();
        ComponentFactories.AddStub<OthersHere>();
        this.AddMud();
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
    }

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private InstanceState Jobs => _fleet.Find(InstanceId.Of("jobs"))!;

    [Fact]
    public void Settings_NameThePurpose()
    {
        Assert.Equal(
            [("cache", Purpose.Cache), ("jobs", Queue)], _settings.Instances.Select(instance => (instance.Id.Value, instance.Purpose)));
    }

    [Fact]
    public async Task Server_IsPolled_AndEvaluatedByItsProfile()
    {
        var server = await PollAsync();

        Assert.Equal(["INFO", "CONFIG GET save", "CONFIG GET appendfsync", "INFO"], server.Calls);
        Assert.Equal(
            ["memory-high", "persistence", "wrong-eviction-policy"],
            Jobs.Findings.Select(finding => finding.Rule).Where(rule => rule != "eviction-on-noeviction").Order(StringComparer.Ordinal));
        Assert.Contains("a restart loses every job.", Sentence("persistence"), StringComparison.Ordinal);
        Assert.Contains("When it is full, it will evict jobs.", Sentence("wrong-eviction-policy"), StringComparison.Ordinal);
        Assert.Contains("No job can be queued", Sentence("memory-high"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_DrawsItsCard_AndTheChartsItNames()
    {
        await PollAsync();

        var page = Render<OverviewPage>();

        var card = page.Find("article[aria-labelledby=card-jobs]");
        Assert.Contains("purpose-queue", card.ClassList);
        Assert.Contains("jobs", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("idle workers", card.TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".chart-board.queue"));
    }

    [Fact]
    public async Task Page_DrawsItsFactsAndCharts()
    {
        await PollAsync();

        var page = Render<InstancePage>(with => with.Add(one => one.Id, "jobs"));

        Assert.Contains("queue", page.FindAll("dd").Select(fact => fact.TextContent));
        Assert.Equal(Queue.Profile.Icon, Render<PurposeIcon>(with => with.Add(icon => icon.Purpose, Queue)).Find("path").GetAttribute("d"));
        Assert.Equal(["Traffic", "Jobs"], page.FindAll("h2.group").Select(group => group.TextContent));
    }

    [Fact]
    public void Actions_AreThoseItsProfileAllows()
    {
        IAdminAction[] actions =
        [
            new FlushCache(null!, null!, null!, null!, _history.Time), new FlushByPrefix(ScanBudget.Default, _history.Time),
            new ReclaimExpired(ScanBudget.Default, _history.Time),
        ];

        Assert.Equal(["cache.flush", "keys.reclaim"], actions.Where(action => action.IsOffered(Queue)).Select(action => action.Id));
        Assert.Equal(Queue.Profile.FlushRefusal, ActionOffer.Of(actions[0], Jobs, _fleet.States, new([], null), null).Why);
        Assert.Null(actions[2].ForbiddenOn(Queue));
    }

    [Fact]
    public void Users_AreGrantedWhatItsTasksSend_AndNoMore() => Assert.All(
        Enum.GetValues<ConnectionRole>(), role => Assert.Equal(AclRules.Of(Purpose.Other, role), AclRules.Of(Queue, role)));

    [Fact]
    public async Task Api_ReportsItsWord()
    {
        await PollAsync();

        Assert.Equal(["cache", "queue"], InstanceJson.Of(FleetSnapshot.Of(_fleet.States)).Select(one => one.Purpose));
    }

    protected override void Dispose(bool disposing)
    {
        _history.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Polls a server twice that is set up as a cache and breaks every promise of a queue.</summary>
    private async Task<FakeServerWatcher> PollAsync()
    {
        var time = new FakeTimeProvider(Given.Start);
        var server = new FakeServerWatcher(time)
            .AnswerInfo(Given.Info("valkey-8.0.1-cache")).Answer("CONFIG GET save", "").Answer("CONFIG GET appendfsync", "everysec");
        var poller = new Poller(Jobs.Instance, server, _fleet, _settings, time, NullLogger<Poller>.Instance);
        await poller.PollAsync(Cancel);
        time.Advance(_settings.PollInterval);
        await poller.PollAsync(Cancel);
        return server;
    }

    private string Sentence(string rule) => Jobs.Findings.Single(finding => finding.Rule == rule).Sentence;
}
