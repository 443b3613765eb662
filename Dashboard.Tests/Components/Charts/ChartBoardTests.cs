using Bunit;
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
    private readonly BoardFeed feed = Feed();
    private readonly BunitJSModuleInterop module;
    private readonly BunitJSModuleInterop board;

    public ChartBoardTests()
    {
        module = JSInterop.SetupModule("./Components/Charts/ChartBoard.razor.js");
        board = module.SetupModule("open", _ => true);
        board.SetupVoid("tick", _ => true).SetVoidResult();
        board.SetupVoid("close").SetVoidResult();
    }

    [Fact]
    public void Render_SendsAllChartsInOneCall()
    {
        feed.Seed("ops", Track("ops", 1));
        feed.Seed("cli", Track("cli", 2));

        Draw();

        Assert.Equal(["ops", "cli"], Sent().Single().Charts.Select(chart => chart.Id));
    }

    [Fact]
    public void Tick_WithNewPointsInEveryChart_IsOneCall()
    {
        var page = Draw();

        feed.Advance(Start.AddSeconds(1));
        feed.Tail("ops", Track("ops", 1));
        feed.Tail("cli", Track("cli", 1));
        page.Render();

        Assert.Equal(2, Sent().Count);
        Assert.Equal(Start.AddSeconds(1).ToUnixTimeMilliseconds(), Sent()[1].Now);
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
        var slow = board.SetupVoid("tick", _ => true);
        var page = Draw();

        for (var second = 1; second <= 5; second++)
        {
            feed.Advance(Start.AddSeconds(second));
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
        feed.Seed("ops", Track("ops", 1, 2));
        board.SetupVoid("tick", _ => true).SetException(new JSException("no"));
        var page = Draw();
        board.SetupVoid("tick", _ => true).SetVoidResult();

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
        feed.Seed("ops", Track("ops", 1));
        board.SetupVoid("tick", _ => true).SetException(new JSException(HostileTexts.Text(name)));

        Draw();

        Harmless.Assert(Assert.Single(log.Lines), 700);
    }

    [Fact]
    public void Feed_Exchanged_ReplacesWhatTheBrowserShows()
    {
        feed.Seed("ops", Track("ops", 1));
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
        var page = Render<ChartBoard>(with => with.Add(x => x.Feed, feed).Add(x => x.OnZoom, range => told = range));

        await page.Instance.ZoomedAsync(100_000, 200_000);

        Assert.Equal(new(DateTimeOffset.FromUnixTimeSeconds(100), DateTimeOffset.FromUnixTimeSeconds(200)), told);
    }

    [Fact]
    public async Task Zoom_OfNonsense_IsIgnored()
    {
        ChartRange? told = null;
        var page = Render<ChartBoard>(with => with.Add(x => x.Feed, feed).Add(x => x.OnZoom, range => told = range));

        await page.Instance.ZoomedAsync(200_000, 100_000);

        Assert.Null(told);
    }

    [Fact]
    public void Open_WithoutAListener_OffersNoChoosing()
    {
        Draw();

        Assert.Null(module.Invocations["open"].Single().Arguments[1]);
    }

    [Fact]
    public void Board_CarriesTheAccentOfItsPurpose()
    {
        var page = Render<ChartBoard>(with => with.Add(x => x.Feed, feed).Add(x => x.Purpose, Purpose.Cable));

        Assert.Contains("cable", page.Find(".chart-board").ClassList);
    }

    [Fact]
    public async Task Dispose_ClosesTheBoardInTheBrowser()
    {
        Draw();

        await DisposeComponentsAsync();

        Assert.Single(board.Invocations["close"]);
    }

    private static BoardFeed Feed() => new(
        [new("ops", "Operations", Unit.PerSecond, new SeriesSpec("ops", "operations")),
            new("cli", "Clients", Unit.Count, new SeriesSpec("cli", "connected"))],
        TimeSpan.FromMinutes(5),
        Start);

    private static ChartTrack Track(string series, params int[] seconds) =>
        new(series, [.. seconds.Select(second => new SeriesPoint(Start.AddSeconds(second).ToUnixTimeMilliseconds(), second))]);

    private IRenderedComponent<ChartBoard> Draw() => Render<ChartBoard>(with => with.Add(x => x.Feed, feed));

    private List<BoardMessage> Sent() => [.. board.Invocations["tick"].Select(call => Assert.IsType<BoardMessage>(call.Arguments[0]))];
}
