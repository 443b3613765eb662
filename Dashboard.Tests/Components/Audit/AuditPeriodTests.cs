using Dashboard.Audit.Reading;
using Dashboard.Components.Times;

namespace Dashboard.Components.Audit;

public class AuditPeriodTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("2026-03-01", "2026-03-02")] // one whole day
    [InlineData("2026-03-01T08:30", "2026-03-01T09:15")]
    [InlineData("2026-03-01", null)]
    [InlineData(null, "2026-03-02")]
    [InlineData("1970-01-01", "9000-12-31")]
    public void Filter_IsTheSameAfterItWasShown_InEveryZone(string? from, string? to)
    {
        var filter = AuditFilter.Read(null, null, null, null, from, to, null);

        Assert.All(
            ["UTC", "Asia/Kolkata", "Pacific/Kiritimati", "America/New_York"],
            id => Assert.Equal(filter, AuditPeriod.Of(filter, Zone(id)).Over(filter, Zone(id))));
    }

    /// <summary>The address has the same instants for everyone; only their days differ.</summary>
    [Theory]
    [InlineData("Asia/Kolkata", 1, "2026-02-28T18:30", "2026-03-01T18:30")]
    [InlineData("America/New_York", 1, "2026-03-01T05:00", "2026-03-02T05:00")]
    [InlineData("America/New_York", 8, "2026-03-08T05:00", "2026-03-09T04:00")] // 23 hours
    public void DayOfAZone_IsInTheAddressInUtc(string zone, int day, string from, string to)
    {
        var at = new DateTime(2026, 3, day);

        var filter = new AuditPeriod(new(at, at), null, null).Over(new(), Zone(zone));

        Assert.Equal((from, to), (AuditFilter.Shown(filter.From), AuditFilter.Shown(filter.To)));
        Assert.Equal((at, at), (AuditPeriod.Of(filter, Zone(zone)).Days!.Start, AuditPeriod.Of(filter, Zone(zone)).Days!.End));
    }

    /// <summary>When summer time ends, 01:30 is shown twice: from the first to the second is one hour.</summary>
    [Fact]
    public void TimeThatIsShownTwice_HasBothHours()
    {
        var (day, time) = (new DateTime(2026, 11, 1), TimeSpan.FromHours(1.5));

        var filter = new AuditPeriod(new(day, day), time, time).Over(new(), Zone("America/New_York"));

        Assert.Equal("?from=2026-11-01T05%3A30&to=2026-11-01T06%3A30", filter.Query);
    }

    [Fact]
    public void OneDay_IsShownAsThatDay()
    {
        var period = AuditPeriod.Of(AuditFilter.Read(null, null, null, null, "2026-03-01", "2026-03-02", null), DisplayTimeZone.Utc);

        Assert.Equal((new DateTime(2026, 3, 1), new DateTime(2026, 3, 1)), (period.Days!.Start, period.Days.End));
        Assert.Equal(((TimeSpan?)null, (TimeSpan?)null), (period.Begin, period.End));
        Assert.Equal(
            period.Over(new(), DisplayTimeZone.Utc), (period with { End = TimeSpan.Zero }).Over(new(), DisplayTimeZone.Utc));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void YearThatNoLogIsOf_IsIgnored(string day) =>
        Assert.True(AuditFilter.Read(null, null, null, null, day, day, null).IsEmpty);

    private static DisplayTimeZone Zone(string id) => DisplayTimeZone.Parse(id);
}
