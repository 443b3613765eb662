using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Instances;

public sealed class MarkHistoryTests
{
    private static readonly ChartScale Scale = ChartScale.For(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly MarkHistory _history = new(Scale);

    [Fact]
    public void ServerThatRestartsAtEachPoll_HasFiftyMarks_AndEarlierOnesAreOneStretch()
    {
        var readings = new SomeReadings(1).Each(300)
            .ConvertAll(reading => reading with { Marks = ReadingFlags.Restart | ReadingFlags.Gap });

        var marks = _history.After(readings, SomeReadings.Start);

        Assert.Equal(MarkHistory.MaxMarks, marks.Count);
        Assert.Equal(
            (Time(readings[0]), "251 restarts, resets and gaps", Time(readings[250])), (marks[0].Time, marks[0].Text, marks[0].Until));
        Assert.Equal(
            readings[251..].Select(reading => (Time(reading), "restart", (long?)null)),
            marks.Skip(1).Select(mark => (mark.Time, mark.Text, mark.Until)));
    }

    [Fact]
    public void FiftyMarks_AreAllKept()
    {
        var readings = new SomeReadings(1).Each(MarkHistory.MaxMarks)
            .ConvertAll(reading => reading with { Marks = ReadingFlags.Restart | ReadingFlags.Gap });

        Assert.All(_history.After(readings, SomeReadings.Start), mark => Assert.Equal("restart", mark.Text));
    }

    [Theory]
    [InlineData(true, "it answered once")]
    [InlineData(false, "it never answered")]
    public void ServerThatIsDownForHours_IsRememberedNoLongerThanItIsShown(bool answered, string reason)
    {
        var readings = new SomeReadings(1).Each(4000).ConvertAll(reading => Reading.Nothing(reading.At));
        if (answered)
        {
            readings[10] = new SomeReadings(2).One(readings[10].At);
        }

        IReadOnlyList<Charts.ChartMark> marks = [];
        for (var second = 0; second < readings.Count; second++)
        {
            marks = _history.After([readings[second]], readings[second].At - Window);
            Assert.True(_history.Remembered <= Window.TotalSeconds + 3, reason);
        }

        Assert.Equal(
            answered ? [(Time(readings[10]), "the server did not answer", (long?)Time(readings[^1]))] : [],
            marks.Select(mark => (mark.Time, mark.Text, mark.Until)));
    }

    [Fact]
    public void GapThatEndedJustAfterTheLeftEdge_KeepsItsReason()
    {
        var readings = new SomeReadings(1).Each(60);
        for (var second = 10; second < 50; second++)
        {
            readings[second] = Reading.Nothing(readings[second].At);
        }

        _history.After(readings[..50], SomeReadings.Start);
        var marks = _history.After(readings[50..], readings[50].At);

        Assert.Equal(
            [(Time(readings[9]), "the server did not answer", (long?)Time(readings[50]))],
            marks.Select(mark => (mark.Time, mark.Text, mark.Until)));
    }

    private static long Time(Reading reading) => reading.At.ToUnixTimeMilliseconds();
}
