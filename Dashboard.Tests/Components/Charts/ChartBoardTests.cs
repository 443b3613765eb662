using Bunit;
using Dashboard.Components.Times;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Dashboard.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Dashboard.Components.Charts;

public sealed class ChartBoardTests : BunitContext
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(1);
    private readonly BoardFeed _feed = Feed();
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _board;

    public ChartBoardTests()
    {
        _module = JSInterop.SetupModule("./Components/Charts/ChartBoard.razor.js");
        _board = _module.SetupModule("open", _ => true);
        _board.SetupVoid("tick", _ => true).SetVoidResult();
        _board.SetupVoid("close").SetVoidResult();
    }

    [Fact]
    public void Render_SendsAllChartsInOneCall()
    {
        _feed.Seed("ops", Track("ops", 1));
        _feed.Seed("cli", Track("cli", 2));

        Draw();

        Assert.Equal(["ops", "cli"], Sent().Single().Charts.Select(chart => chart.Id));
    }

    [Fact]
    public void Tick_WithNewPointsInEveryChart_IsOneCall()
    {
        var page = Draw();

        _feed.Advance(Start.AddSeconds(1));
        _feed.Tail("ops", Track("ops", 1));
        _feed.Tail("cli", Track("cli", 1));
        page.Render();

        Assert.Equal(2, Sent().Count);
        Assert.Equal(Start.AddSeconds(1).ToUnixTimeMilliseconds(), Sent()[1].Now);
    }

    /// <summary>The browser draws the axes; what it is told, the server could name.</summary>
    [Fact]
    public async Task TimeZone_IsToldAtTheBeginning_AndOnceWhenItChanges()
    {
        _board.SetupVoid("show", _ => true).SetVoidResult();
        Services.AddTimes();
        var choice = Services.GetRequiredService<TimeZoneChoice>();
        await choice.UseAsync(DisplayTimeZone.Parse("Europe/Berlin"));
        var page = Draw();

        await page.InvokeAsync(() => choice.UseAsync(DisplayTimeZone.Utc));
        page.Render();

        Assert.Equal("Europe/Berlin", Assert.Single(_module.Invocations["open"]).Arguments[2]);
        Assert.Equal(["UTC"], _board.Invocations["show"].Select(call => call.Arguments[0]));
    }

    [Fact]
    public void Render_WithNothingNew_CallsNobody()
    {
        var page = Draw();

        page.Render();

        Assert.Single(Sent());
    }

    [Fact]
    public void Render_WhileACallIsUnderWay_WaitsAndSendsTheRestInOne()
    {
        var slow = _board.SetupVoid("tick", _ => true);
        var page = Draw();

        for (var second = 1; second <= 5; second++)
        {
            _feed.Advance(Start.AddSeconds(second));
            page.Render();
        }

        Assert.Single(Sent());
        slow.SetVoidResult();
        page.WaitForAssertion(() => Assert.Equal(2, Sent().Count));
        Assert.Equal(Start.AddSeconds(5).ToUnixTimeMilliseconds(), Sent()[1].Now);
    }

    [Fact]
    public void Call_ThatFails_IsFollowedByEverything()
    {
        _feed.Seed("ops", Track("ops", 1, 2));
        _board.SetupVoid("tick", _ => true).SetException(new JSException("no"));
        var page = Draw();
        _board.SetupVoid("tick", _ => true).SetVoidResult();

        page.Render();

        Assert.True(Sent()[^1].Charts.Single(chart => chart.Id == "ops").Seed);
        Assert.Equal(2, Sent()[^1].Charts.Single(chart => chart.Id == "ops").Tracks[0].T.Length);
    }

    /// <summary>Any browser may say it, with any words.</summary>
    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Call_ThatFails_IsLoggedInOneLine(string name)
    {
        var log = new LogLines<ChartBoard>();
        Services.AddSingleton<ILogger<ChartBoard>>(log);
        _feed.Seed("ops", Track("ops", 1));
        _board.SetupVoid("tick", _ => true).SetException(new JSException(HostileTexts.Text(name)));

        Draw();

        Harmless.Assert(Assert.Single(log.Lines), 700);
    }

    [Fact]
    public void Feed_Exchanged_ReplacesWhatTheBrowserShows()
    {
        _feed.Seed("ops", Track("ops", 1));
        var page = Draw();

        page.Render(with => with.Add(x => x.Feed, Feed()));

        var chart = Sent()[^1].Charts[0];
        Assert.True(chart.Seed);
        Assert.Empty(chart.Tracks[0].T);
    }

    [Fact]
    public async Task Zoom_OfARange_IsTold()
    {
        ChartRange? told = null;
        var page = Render<ChartBoard>(with => with.Add(x => x.Feed, _feed).Add(x => x.OnZoom, range => told = range));

        await page.Instance.ZoomedAsync(100_000, 200_000);

        Assert.Equal(new(DateTimeOffset.FromUnixTimeSeconds(100), DateTimeOffset.FromUnixTimeSeconds(200)), told);
    }

    [Fact]
    public async Task Zoom_OfNonsense_IsIgnored()
    {
        ChartRange? told = null;
        var page = Render<ChartBoard>(with => with.Add(x => x.Feed, _feed).Add(x => x.OnZoom, range => told = range));

        await page.Instance.ZoomedAsync(200_000, 100_000);

        Assert.Null(told);
    }

    [Fact]
    public void Open_WithoutAListener_OffersNoChoosing()
    {
        Draw();

        Assert.Null(_module.Invocations["open"].Single().Arguments[1]);
    }

    [Fact]
    public void Board_CarriesTheAccentOfItsPurpose()
    {
        var page = Render<ChartBoard>(with => with.Add(x => x.Feed, _feed).Add(x => x.Purpose, Purpose.Cable));

        Assert.Contains("cable", page.Find(".chart-board").ClassList);
    }

    [Fact]
    public async Task Dispose_ClosesTheBoardInTheBrowser()
    {
        Draw();

        await DisposeComponentsAsync();

        Assert.Single(_board.Invocations["close"]);
    }

    private static BoardFeed Feed() => new(
        [new("ops", "Operations", Unit.PerSecond, new SeriesSpec("ops", "operations")),
            new("cli", "Clients", Unit.Count, new SeriesSpec("cli", "connected"))],
        TimeSpan.FromMinutes(5),
        Start);

    private static ChartTrack Track(string series, params int[] seconds) =>
        new(series, [.. seconds.Select(second => new SeriesPoint(Start.AddSeconds(second).ToUnixTimeMilliseconds(), second))]);

    private IRenderedComponent<ChartBoard> Draw() => Render<ChartBoard>(with => with.Add(x => x.Feed, _feed));

    private List<BoardMessage> Sent() => [.. _board.Invocations["tick"].Select(call => Assert.IsType<BoardMessage>(call.Arguments[0]))];
}
