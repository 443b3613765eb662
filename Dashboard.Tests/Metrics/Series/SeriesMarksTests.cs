namespace Dashboard.Metrics.Series;

public sealed class SeriesMarksTests
{
    private static readonly ChartScale Scale = ChartScale.For(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));

    [Fact]
    public void RestartAndReset_AreMarkedWhereTheyWereSeen()
    {
        var readings = new SomeReadings(1).Each(60);
        readings[20] = readings[20] with { Marks = ReadingFlags.Reset | ReadingFlags.Gap };
        readings[40] = readings[40] with { Marks = ReadingFlags.Restart | ReadingFlags.Gap };

        Assert.Equal(
            [
                new(Time(readings[20]), SeriesMarkKind.Reset, "counters reset"),
                new(Time(readings[40]), SeriesMarkKind.Restart, "restart"),
            ],
            SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale));
    }

    [Fact]
    public void RestartWhileTheConsoleDidNotWatch_IsMarkedAtTheNextReading()
    {
        var readings = new SomeReadings(5).Each(60).Where((_, second) => second is < 20 or >= 30).ToList();
        for (var i = 20; i < readings.Count; i++)
        {
            readings[i] = readings[i] with { Epoch = "another" };
        }

        Assert.Equal(
            [SeriesMarkKind.Gap, SeriesMarkKind.Restart],
            SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale).Select(mark => mark.Kind));
        Assert.Equal(Time(readings[20]), SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale).Last().Time);
    }

    [Fact]
    public void FailedPolls_AreOneGapFromTheLastAnswerToTheNext()
    {
        var readings = new SomeReadings(2).Each(60);
        for (var i = 20; i < 30; i++)
        {
            readings[i] = Reading.Nothing(readings[i].At);
        }

        Assert.Equal(
            [new(Time(readings[19]), SeriesMarkKind.Gap, "the server did not answer", Time(readings[30]))],
            SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale));
    }

    [Theory]
    [InlineData(ReadingFlags.None, "the server did not answer")] // of an earlier version
    [InlineData(ReadingFlags.Unanswered, "the server did not answer")]
    [InlineData(ReadingFlags.Refused, "the server refused connections")]
    [InlineData(ReadingFlags.Rejected, "the server answered with an error")]
    [InlineData(ReadingFlags.Refused | ReadingFlags.Unanswered, "the server refused connections, or did not answer")]
    [InlineData(ReadingFlags.Unanswered | ReadingFlags.Rejected, "the server did not answer, or answered with an error")]
    public void Gap_SaysWhyPollsFailed(ReadingFlags causes, string says)
    {
        var readings = new SomeReadings(2).Each(60);
        for (var i = 20; i < 30; i++)
        {
            var cause = i % 2 == 0 ? causes : causes & ~ReadingFlags.Refused;
            readings[i] = Reading.Nothing(readings[i].At) with { Marks = ReadingFlags.Gap | cause };
        }

        Assert.Equal(says, Assert.Single(SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale)).Text);
    }

    [Fact]
    public void GapThatLasts_ReachesToTheNewestPoll()
    {
        var readings = new SomeReadings(3).Each(60);
        for (var i = 50; i < 60; i++)
        {
            readings[i] = Reading.Nothing(readings[i].At);
        }

        Assert.Equal(
            [new(Time(readings[49]), SeriesMarkKind.Gap, "the server did not answer", Time(readings[59]))],
            SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale));
    }

    [Fact]
    public void MissingReadings_SayThatTheConsoleDidNotWatch()
    {
        var readings = new SomeReadings(4).Each(60).Where((_, second) => second is < 20 or >= 30).ToList();

        Assert.Equal(
            [new(Time(readings[19]), SeriesMarkKind.Gap, "the console was not watching", Time(readings[20]))],
            SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale));
    }

    [Fact]
    public void OneFailedPoll_IsNoGapWorthAMark()
    {
        var readings = new SomeReadings(5).Each(60);
        readings[30] = Reading.Nothing(readings[30].At);

        Assert.Empty(SeriesMarks.Of(readings.Select(ReadingMarker.Of), Scale));
    }

    private static long Time(Reading reading) => reading.At.ToUnixTimeMilliseconds();
}
