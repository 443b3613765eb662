using Bunit;
using Dashboard.Actions.Execution;
using Dashboard.Changes;
using Dashboard.Components;
using Dashboard.Components.Actions;
using Dashboard.Components.Instances;
using Dashboard.Components.Pages;
using Dashboard.Components.Presence;
using Dashboard.History;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Scenarios;

/// <summary>The pages of hostile servers: their text is shown as text, in the same elements as that of any other server.</summary>
public sealed class HostilePageTests : BunitContext
{
    private readonly WriterFixture _history = new();
    private readonly Fleet _fleet;

    public HostilePageTests()
    {
        var settings = Given.Settings(Purpose.Cache, Purpose.Session);
        _fleet = new Fleet(settings, NullLogger<Fleet>.Instance);
        Services.AddSingleton(settings);
        Services.AddSingleton(_fleet);
        Services.AddSingleton<TimeProvider>(_history.Time);
        Services.AddSingleton(new ChartSource(_history.Query, _history.Writer));
        var changes = new ChangeFeed(NullLogger<ChangeFeed>.Instance);
        var store = new Storage.Sqlite.SqliteConsoleStore(
            new("/no/such/folder/console.db", "/no/such/folder/audit.head"), changes,
            NullLogger<Storage.Sqlite.SqliteConsoleStore>.Instance);
        Services.AddSingleton(new RunCache(
            new(store, new("here-1"), [], _history.Time), [], changes, _history.Time, NullLogger<RunCache>.Instance));
        // They show no text of a server.
        ComponentFactories.AddStub<ActionsPanel>();
        ComponentFactories.AddStub<OthersHere>();
        this.AddMud();
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
    }

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Overview_ShowsTextAsText(string name)
    {
        Record(HostileTexts.Text(name));

        AssertHarmless(Render<OverviewPage>());
    }

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Instance_ShowsTextAsText(string name)
    {
        Record(HostileTexts.Text(name));

        var board = Render<InstancePage>(page => page.Add(one => one.Id, "session"));
        var info = Render<InstancePage>(page => page.Add(one => one.Id, "session").Add(one => one.Tab, "info"));

        AssertHarmless(board);
        AssertHarmless(info);
        Assert.NotEmpty(board.FindAll("dd"));
        Assert.NotEmpty(info.FindAll("td.value"));
    }

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void InfoTable_IsOneRowAField(string name)
    {
        var info = HostileInfo.WithWords(HostileTexts.Text(name)) + "\r\n" + HostileInfo.Mixed();
        var state = Given.State(Purpose.Session, Given.Answered(Snapshot.Parse(info)));

        var table = Render<InfoTable>(table => table.Add(one => one.State, state));

        Assert.Equal(state.Facts!.Snapshot.Info.Fields.Count, table.FindAll("tbody tr:has(td.value)").Count);
        Assert.All(table.FindAll("td.value, td.name"), cell =>
        {
            Assert.Empty(cell.Children);
            Harmless.Assert(cell.TextContent, SafeText.UsualMax);
        });
    }

    [Fact]
    public void InfoTable_OfUsualFields_ShowsThemAsTheyAre()
    {
        var state = Given.State(Purpose.Session, Given.Answered("redis-7.0.15-session"));

        var table = Render<InfoTable>(table => table.Add(one => one.State, state));

        Assert.Equal(
            state.Facts!.Snapshot.Info.Fields.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => field.Value),
            Rows(table));
    }

    /// <summary>The name or search text comes from the address, and the address may come from anyone's link.</summary>
    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Address_IsShownAsText(string name)
    {
        var text = HostileTexts.Text(name);

        var unknown = Render<InstancePage>(page => page.Add(one => one.Id, text));
        var nothing =
            Render<InfoTable>(
                table =>
                    table.Add(one => one.State, Given.State(Purpose.Cache)).Add(one => one.Find, text));

        Assert.Empty(unknown.FindAll("h1 *"));
        Harmless.Assert(unknown.Find("h1").TextContent, 80);
        Harmless.Assert(nothing.Find(".empty").TextContent, 120);
    }

    protected override void Dispose(bool disposing)
    {
        _history.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The session server returns the text in its facts, the cache in an error.</summary>
    private void Record(string text)
    {
        var facts = Snapshot.Parse(HostileInfo.WithWords(text));
        var supplementary = new SupplementaryFacts(Save: SafeText.Of(text), AppendFsync: SafeText.Of(text));
        _fleet.Record(InstanceId.Of("session"), Given.Answered(facts, 0, supplementary));
        _fleet.Record(
            InstanceId.Of("cache"),
            new PollResult.Failed(Given.Start, TimeSpan.FromSeconds(1000), Valkey.Connecting.ErrorReply.Read(text)));
    }

    private static void AssertHarmless<T>(IRenderedComponent<T> page)
        where T : IComponent
    {
        Assert.Empty(
            page.FindAll("script, img, iframe, object, embed, style, textarea, [onload], [onerror], [onfocus], [autofocus], "
                + "a[href^=javascript]"));
        // Line feeds without a carriage return come from the markup; the corpus has none.
        Assert.All(page.FindAll("p, dd, h2, li, footer span, td, th"), element => Harmless.Assert(element.TextContent.Replace('\n', ' ')));
    }

    private static IEnumerable<string> Rows(IRenderedComponent<InfoTable> table) =>
        table.FindAll("tbody tr:has(td.value)").OrderBy(row => row.QuerySelector("td.name")!.TextContent, StringComparer.Ordinal)
            .Select(row => row.QuerySelector("td.value")!.TextContent);
}
