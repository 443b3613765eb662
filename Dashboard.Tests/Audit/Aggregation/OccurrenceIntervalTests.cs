using Dashboard.Audit.Events;

namespace Dashboard.Audit.Aggregation;

public sealed class OccurrenceIntervalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, "at 12:00:00 UTC")]
    [InlineData(0, 0.4, "at 12:00:00 UTC")]
    [InlineData(1, 3, "12:00:01 to 12:00:03 UTC")]
    [InlineData(0, 43_200, "2026-03-01 12:00:00 to 2026-03-02 00:00:00 UTC")]
    public void Text_HasTheDayOnlyWhereItIsNeeded(double first, double last, string said) =>
        Assert.Equal(said, new OccurrenceInterval(Noon.AddSeconds(first), Noon.AddSeconds(last)).ToString());

    [Fact]
    public void With_HoldsBoth_WhicheverCameFirst()
    {
        var (early, late) = (OccurrenceInterval.At(Noon), OccurrenceInterval.At(Noon.AddSeconds(9)));

        Assert.Equal((early.With(late), new OccurrenceInterval(Noon, Noon.AddSeconds(9))), (late.With(early), early.With(late)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void Ending_KeepsTheTimes_HoweverLongTheTextIs(int length)
    {
        var said = OccurrenceInterval.At(Noon).Ending(new string('x', length));

        Assert.EndsWith("; at 12:00:00 UTC", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 1, AuditText.MaxLength);
    }

    [Fact]
    public void Ending_AfterASentence_HasOneFullStop() =>
        Assert.Equal("You may not flush a cache; at 12:00:00 UTC.", OccurrenceInterval.At(Noon).Ending("You may not flush a cache."));

    [Theory]
    [InlineData("name or password wrong", 0)]
    [InlineData("You may not flush a cache.", 9)]
    [InlineData(null, 43_200)]
    public void In_FindsTheTimesThatEndingWrote(string? words, double last)
    {
        var interval = new OccurrenceInterval(Noon, Noon.AddSeconds(last));

        Assert.Equal(interval.ToString(), OccurrenceInterval.In(interval.Ending(words)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("removed 12 keys")]
    [InlineData("looked 12:00:00 to 12:00:03 UTC")]
    public void In_AnotherText_FindsNothing(string? text) => Assert.Null(OccurrenceInterval.In(text));

    [Fact]
    public void Ending_WithoutText_IsTheTimes() => Assert.Equal("at 12:00:00 UTC", OccurrenceInterval.At(Noon).Ending(null));
}
