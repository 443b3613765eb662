using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

public sealed class BoardFeedTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_000_000);
    private readonly BoardFeed _board = new(
        [new("ops", "Operations", Unit.PerSecond, new SeriesSpec("ops", "operations")),
            new("cli", "Clients", Unit.Count, new SeriesSpec("cli", "connected"))],
        TimeSpan.FromSeconds(10),
        Start);

    [Fact]
    public void Take_AfterSeeds_HoldsAllChartsInOneMessage()
    {
        _board.Seed("ops", Track("ops", 1, 2));
        _board.Seed("cli", Track("cli", 1));

        var message = _board.Take();

        Assert.Equal(["ops", "cli"], message!.Charts.Select(chart => chart.Id));
        Assert.All(message.Charts, chart => Assert.True(chart.Seed));
        Assert.Equal([At(1), At(2)], message.Charts[0].Tracks[0].T);
        Assert.Null(_board.Take());
    }

    [Fact]
    public void Take_AfterTails_HoldsFromTheEarliestNewPointOn()
    {
        Seeded();

        _board.Tail("ops", Track("ops", 5));
        _board.Tail("ops", Track("ops", 6));

        var chart = Assert.Single(_board.Take()!.Charts);
        Assert.False(chart.Seed);
        Assert.Null(chart.Spec);
        Assert.Equal([At(5), At(6)], chart.Tracks[0].T);
    }

    [Fact]
    public void Tail_OfTheSamePointTwice_SendsItOnceAsItIsNow()
    {
        Seeded();

        _board.Tail("ops", new ChartTrack("ops", [new(At(5), 1)]));
        _board.Tail("ops", new ChartTrack("ops", [new(At(5), 2)]));

        Assert.Equal([2], _board.Take()!.Charts[0].Tracks[0].V);
    }

    [Fact]
    public void Advance_WithoutNewPoints_StillMovesTheAxis()
    {
        Seeded();

        _board.Advance(Start.AddSeconds(1));

        var message = _board.Take()!;
        Assert.Equal(At(1), message.Now);
        Assert.Empty(message.Charts);
    }

    [Fact]
    public void Tail_OlderThanTheWindow_IsForgotten()
    {
        Seeded();

        _board.Advance(Start.AddSeconds(60));
        _board.Tail("ops", Track("ops", 59, 60));

        Assert.Equal([At(4), At(59), At(60)], _board["ops"].Points(0).Select(point => point.Time));
    }

    [Fact]
    public void Tail_WhileFrozen_MovesTheNumberAndNothingElse()
    {
        Seeded();

        _board.Freeze();
        _board.Take();
        _board.Advance(Start.AddSeconds(9));
        _board.Tail("ops", new ChartTrack("ops", [new(At(9), 77)]));

        Assert.Null(_board.Take());
        Assert.Equal(77, _board["ops"].Last(0));
        Assert.DoesNotContain(_board["ops"].Points(0), point => point.Value == 77);
    }

    [Fact]
    public void Show_AnotherWindow_WaitsForSeedsAndKeepsThePicture()
    {
        Seeded();

        _board.Show(TimeSpan.FromHours(1), Start.AddSeconds(-30));
        _board.Tail("ops", Track("ops", 20));

        var message = _board.Take()!;
        Assert.True(message.Frozen);
        Assert.Equal((3_600_000, At(-30)), (message.Window, message.Now));
        Assert.Empty(message.Charts);
        Assert.True(_board["ops"].IsLoading);
        Assert.False(_board["ops"].IsEmpty);
    }

    [Fact]
    public void Mark_ThatChangesNothing_IsNotSent()
    {
        Seeded();
        _board.Mark("ops", [new(At(2), "restarted")]);
        _board.Take();

        _board.Mark("ops", [new(At(2), "restarted")]);

        Assert.Null(_board.Take());
    }

    [Fact]
    public void Resend_SendsEverythingAgain()
    {
        Seeded();

        _board.Resend();

        Assert.Equal([true, true], _board.Take()!.Charts.Select(chart => chart.Seed));
    }

    [Fact]
    public void Chart_NotOnTheBoard_IsNamed()
    {
        var fault = Assert.Throws<KeyNotFoundException>(() => _board["hit"]);

        Assert.Contains("'hit'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_OfUnknownAndOddValues_SendsGaps()
    {
        _board.Seed(
            "ops", new ChartTrack("ops", [new(At(1), null), new(At(2), double.NaN), new(At(3), double.PositiveInfinity), new(At(4), 4)]));

        Assert.Equal([null, null, null, 4], _board.Take()!.Charts[0].Tracks[0].V);
    }

    [Fact]
    public void Take_OfBuckets_SendsTheirLowsAndHighs()
    {
        _board.Seed("ops", new ChartTrack("ops", [new(At(1), 5, 1, 9), new(At(2), null)]));

        var track = _board.Take()!.Charts[0].Tracks[0];

        Assert.Equal([1, null], track.Lo!);
        Assert.Equal([9, null], track.Hi!);
    }

    private void Seeded()
    {
        _board.Seed("ops", Track("ops", 1, 2, 3, 4));
        _board.Seed("cli", Track("cli", 1));
        _board.Take();
    }

    private static ChartTrack Track(string series, params int[] seconds) =>
        new(series, [.. seconds.Select(second => new SeriesPoint(At(second), second))]);

    private static long At(int second) => Start.AddSeconds(second).ToUnixTimeMilliseconds();
}
