namespace Dashboard.Components.Times;

public class SentenceTimesTests
{
    /// <summary>2026-03-01, at 19:00 in UTC: in India it is half past midnight of the next day.</summary>
    private static readonly DateTimeOffset Near = Given.Start.AddHours(7);

    [Theory]
    [InlineData("Undo brings them back until 19:00:41 UTC; then", "Undo brings them back until 00:30:41 +05:30; then")]
    [InlineData("keeper started it at 18:59:59 UTC, and", "keeper started it at 00:29:59 +05:30, and")]
    [InlineData("the newest at 2026-03-01 19:00:00 UTC.", "the newest at 2026-03-02 00:30:00 +05:30.")]
    [InlineData("Row 4 (2026-03-01 12:00:00 UTC) was changed", "Row 4 (2026-03-01 17:30:00 +05:30) was changed")]
    [InlineData("known since 2026-01-02 23:04 UTC), and", "known since 2026-01-03 04:34 +05:30), and")]
    [InlineData("the latest 1 Mar 18:11 UTC, the hit rate", "the latest 1 Mar 23:41 +05:30, the hit rate")]
    [InlineData("the latest 31 Dec 18:41 UTC, the hit rate", "the latest 1 Jan 00:11 +05:30, the hit rate")] // Of the year before.
    [InlineData("from 1970-01-01 00:00 UTC to 2026-01-02 03:04 UTC", "from 1970-01-01 05:30 +05:30 to 2026-01-02 08:34 +05:30")]
    public void Time_IsShownInTheZone(string sentence, string shown) => Assert.Equal(shown, SentenceTimes.In(India, sentence, Near));

    [Theory]
    [InlineData("12:00:01 to 12:00:03 UTC")]
    [InlineData("2026-03-01 12:00:00 to 2026-03-02 00:00:00 UTC")]
    [InlineData("31 Feb 12:00 UTC")]
    [InlineData("2026-13-01 12:00:00 UTC")]
    [InlineData("25:00:00 UTC")]
    [InlineData("12:00:00")]
    [InlineData("Nothing was removed.")]
    [InlineData("")]
    public void WhatIsNotSure_StaysAsItIs(string sentence) => Assert.Equal(sentence, SentenceTimes.In(India, sentence, Near));

    [Fact]
    public void JustAfterMidnight_TheTimeOfTheEveningIsOfTheDayBefore()
    {
        var newYork = DisplayTimeZone.Parse("America/New_York");
        var afterTheChange = new DateTimeOffset(2026, 11, 2, 0, 0, 5, TimeSpan.Zero);

        Assert.Equal("at 18:59:50 -05:00", SentenceTimes.In(newYork, "at 23:59:50 UTC", afterTheChange));
        Assert.Equal("at 01:30:00 -04:00", SentenceTimes.In(newYork, "at 05:30:00 UTC", afterTheChange.AddDays(-1).AddHours(5)));
    }

    [Fact]
    public void Utc_ChangesNothing() => Assert.Equal("at 12:00:00 UTC", SentenceTimes.In(DisplayTimeZone.Utc, "at 12:00:00 UTC", Near));

    private static DisplayTimeZone India => DisplayTimeZone.Parse("Asia/Kolkata");
}
