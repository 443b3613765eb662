using Dashboard.Metrics;

namespace Dashboard.Components.Charts;

public sealed class ChartWordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly BoardFeed _board =
        new([new("hit", "Hit rate", Unit.Percent, new SeriesSpec("hit", "cache"))], TimeSpan.FromMinutes(5), Noon);

    [Fact]
    public void Summary_OfPoints_SaysLastLowestHighest()
    {
        _board.Seed("hit", new ChartTrack("hit", [new(1, 91), new(2, 96.5), new(3, 94.2)]));

        Assert.Equal("Hit rate, last 5 minutes. cache: last 94.2 %, lowest 91.0 %, highest 96.5 %.", Words());
    }

    [Fact]
    public void Summary_BeforeTheFirstPoint_SaysSo() => Assert.Equal("Hit rate, last 5 minutes. No points yet.", Words());

    [Fact]
    public void Summary_OfGapsAlone_SaysUnknown()
    {
        _board.Seed("hit", new ChartTrack("hit", [new(1, null)]));

        Assert.Equal("Hit rate, last 5 minutes. cache: unknown.", Words());
    }

    [Theory]
    [InlineData("00:05:00", "5 minutes")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("1.00:00:00", "24 hours")]
    [InlineData("90.00:00:00", "90 days")]
    [InlineData("00:01:17", "77 seconds")]
    public void Span_SaysItInTheLargestWholeUnit(string span, string words) =>
        Assert.Equal(words, ChartWords.Span(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "now")]
    [InlineData(12, "12 s")]
    [InlineData(180, "3 min")]
    [InlineData(7300, "2 h")]
    [InlineData(400_000, "5 d")]
    public void Ago_GrowsCoarser(int seconds, string words) => Assert.Equal(words, Plain(ChartWords.Ago(TimeSpan.FromSeconds(seconds))));

    private string Words() => Plain(ChartWords.Summary(_board["hit"], _board.Window, frozen: false));

    private static string Plain(string words) => words.Replace('\u202F', ' ');
}
