using Bunit;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

public sealed class LiveChartTests : BunitContext
{
    private static readonly ChartSpec Spec =
        new("net", "Network", Unit.BytesPerSecond, new SeriesSpec("in", "in"),
            new SeriesSpec("out", "out", Tone.Muted))
        { Note = "Δbytes ÷ Δt" };
    private readonly BoardFeed _board = new([Spec], TimeSpan.FromMinutes(5), DateTimeOffset.UnixEpoch.AddDays(1));

    [Fact]
    public void Legend_ShowsTheNewestNumberOfEachSeries()
    {
        _board.Seed("net", Points("in", 1024, 2048), Points("out", 512, null));

        var chart = Draw();

        Assert.Equal(["in", "out"], chart.FindAll("dt").Select(name => name.TextContent));
        Assert.Equal(["2.00kB/s", "–"], chart.FindAll("dd").Select(number => number.TextContent));
        Assert.Contains("Δbytes ÷ Δt", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Plot_TellsInWordsWhatItShows()
    {
        _board.Seed("net", Points("in", 1024, 2048), Points("out"));

        var plot = Draw().Find("[role=img]");

        Assert.Contains(
            "Network, last 5 minutes. in: last 2.00\u202FkB/s, lowest 1.00\u202FkB/s", plot.GetAttribute("aria-label"),
            StringComparison.Ordinal);
        Assert.Contains("out: unknown.", plot.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(plot.Children);
    }

    [Fact]
    public void Absence_BeforeTheSeed_SaysHistoryIsRead() => Assert.Equal("reading history…", Draw().Find(".absence").TextContent);

    [Fact]
    public void Absence_WithoutPointsYet_SaysWhenTheyCome()
    {
        _board.Seed("net");

        Assert.Equal("collecting: first points in a second", Draw().Find(".absence").TextContent);
    }

    [Fact]
    public void Absence_InAFrozenWindowWithoutPoints_PromisesNone()
    {
        _board.Freeze();
        _board.Seed("net");

        Assert.Equal("nothing was recorded in this window", Draw().Find(".absence").TextContent);
    }

    [Fact]
    public void Absence_OfGapsAlone_GivesTheReason()
    {
        _board.Seed("net", Points("in", null, null), Points("out", null, null));

        Assert.Equal("cache does not answer", Draw("cache does not answer").Find(".absence").TextContent);
    }

    [Fact]
    public void Chart_WithNothingNew_IsNotRenderedAgain()
    {
        _board.Seed("net", Points("in", 1));
        var chart = Draw();
        var before = chart.RenderCount;

        chart.Render();

        Assert.Equal(before, chart.RenderCount);
    }

    [Fact]
    public void Chart_WithANewPoint_MovesItsNumber()
    {
        _board.Seed("net", Points("in", 1));
        var chart = Draw();

        _board.Tail("net", new ChartTrack("in", [new(At(99), 3072)]));
        chart.Render();

        Assert.Equal("3.00kB/s", chart.FindAll("dd")[0].TextContent);
    }

    [Fact]
    public void Table_WhenAskedFor_ShowsTheNumbersNewestFirst()
    {
        _board.Seed("net", Points("in", 1, 2), Points("out", 3, 4));
        var chart = Draw();

        chart.Find("button[aria-label='Show Network as a table']").Click();

        Assert.Equal("true", chart.Find("button[aria-pressed]").GetAttribute("aria-pressed"));
        Assert.Equal(
            ["now", "2\u202FB/s", "4\u202FB/s", "1\u202Fs", "1\u202FB/s", "3\u202FB/s"],
            chart.FindAll("tbody tr > *").Select(cell => cell.TextContent));
    }

    private static ChartTrack Points(string series, params double?[] values) =>
        new(series, [.. values.Select((value, i) => new SeriesPoint(At(i), value))]);

    private static long At(int second) => DateTimeOffset.UnixEpoch.AddDays(1).AddSeconds(second - 100).ToUnixTimeMilliseconds();

    private IRenderedComponent<LiveChart> Draw(string? unknown = null) =>
        Render<LiveChart>(with => with.AddCascadingValue(_board).Add(x => x.Spec, Spec).Add(x => x.Unknown, unknown));
}
