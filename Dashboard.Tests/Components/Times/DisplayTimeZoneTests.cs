namespace Dashboard.Components.Times;

public class DisplayTimeZoneTests
{
    [Theory]
    [InlineData(null, "2026-11-30T12:03:11Z", "2026-11-30 12:03:11 UTC")]
    [InlineData("UTC", "2026-11-30T13:03:11+01:00", "2026-11-30 12:03:11 UTC")]
    [InlineData("Europe/Berlin", "2026-11-30T12:03:11Z", "2026-11-30 13:03:11 +01:00")]
    [InlineData("Europe/Berlin", "2026-07-30T12:03:11Z", "2026-07-30 14:03:11 +02:00")]
    [InlineData("Europe/London", "2026-11-30T12:03:11Z", "2026-11-30 12:03:11 +00:00")] // Not UTC in summer, so it says its offset.
    [InlineData("Asia/Kathmandu", "2026-11-30T18:30:00Z", "2026-12-01 00:15:00 +05:45")]
    [InlineData("America/St_Johns", "2026-11-30T01:00:00Z", "2026-11-29 21:30:00 -03:30")]
    [InlineData("Etc/GMT+5", "2026-11-30T12:00:00Z", "2026-11-30 07:00:00 -05:00")]
    [InlineData("Pacific/Kiritimati", "2026-11-30T12:00:00Z", "2026-12-01 02:00:00 +14:00")]
    public void Stamp_IsTheTimeOfTheZone_AndSaysWhich(string? zone, string instant, string text) =>
        Assert.Equal(text, DisplayTimeZone.Parse(zone).Stamp(At(instant)));

    /// <summary>Summer time begins: 02:00 to 03:00 are skipped; it ends: 02:00 to 03:00 are shown twice, with two offsets.</summary>
    [Theory]
    [InlineData("2026-03-29T00:59:59Z", "01:59:59 +01:00")]
    [InlineData("2026-03-29T01:00:00Z", "03:00:00 +02:00")]
    [InlineData("2026-10-25T00:59:59Z", "02:59:59 +02:00")]
    [InlineData("2026-10-25T01:00:00Z", "02:00:00 +01:00")]
    public void Clock_FollowsTheChangeOfTheClocks(string instant, string text) => Assert.Equal(text, Berlin.Clock(At(instant)));

    [Fact]
    public void Clocks_HaveTheOffsetOnce_UnlessItDiffers()
    {
        Assert.Equal("12:00:00 to 12:05:00 UTC", DisplayTimeZone.Utc.Clocks(At("2026-10-25T12:00:00Z"), At("2026-10-25T12:05:00Z")));
        Assert.Equal("02:10:00–02:50:00 +02:00", Berlin.Clocks(At("2026-10-25T00:10:00Z"), At("2026-10-25T00:50:00Z"), "–"));
        Assert.Equal("02:50:00 +02:00 to 02:10:00 +01:00", Berlin.Clocks(At("2026-10-25T00:50:00Z"), At("2026-10-25T01:10:00Z")));
    }

    [Theory]
    [InlineData("2026-03-01T08:30", false, "2026-03-01T07:30:00Z")]
    [InlineData("2026-10-25T02:30", false, "2026-10-25T00:30:00Z")] // The first of two.
    [InlineData("2026-10-25T02:30", true, "2026-10-25T01:30:00Z")]
    [InlineData("2026-03-29T02:30", false, "2026-03-29T01:30:00Z")] // Skipped: half an hour after the change.
    public void Instant_IsWhatAClockOfTheZoneShows(string shown, bool last, string instant) =>
        Assert.Equal(At(instant), Berlin.Instant(DateTime.Parse(shown, System.Globalization.CultureInfo.InvariantCulture), last));

    /// <summary>The cookie is whatever a browser sends. It is no path of a file, and nothing that is shown.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Europe")] // A folder.
    [InlineData("Europe/Atlantis")]
    [InlineData("Europe/Berlin\n")]
    [InlineData("Europe/Berlin; path=/")]
    [InlineData("/etc/passwd")]
    [InlineData("../../etc/localtime")]
    [InlineData("Europe/../../../../etc/localtime")]
    [InlineData("Europe//Berlin")]
    [InlineData("zone.tab")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Europe/Berlin\0")]
    [InlineData("+05:30")]
    [InlineData("\u0395urope/Berlin")] // A Greek letter.
    public void WhatIsNoZone_IsUtc(string cookie) => Assert.Same(DisplayTimeZone.Utc, DisplayTimeZone.Parse(cookie));

    [Fact]
    public void LongText_IsUtc() => Assert.Same(
        DisplayTimeZone.Utc, DisplayTimeZone.Parse(string.Join('/', Enumerable.Repeat("Europe", 10_000))));

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void InstantAtTheEndOfTheCalendar_IsShown(string instant)
    {
        Assert.NotEmpty(DisplayTimeZone.Parse("Pacific/Kiritimati").Stamp(At(instant)));
        Assert.NotEmpty(DisplayTimeZone.Parse("America/New_York").Stamp(At(instant)));
    }

    private static DisplayTimeZone Berlin => DisplayTimeZone.Parse("Europe/Berlin");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
