using Dashboard.Audit.Reading;

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
    public void Filter_IsTheSameAfterItWasShown(string? from, string? to)
    {
        var filter = AuditFilter.Read(null, null, null, null, from, to, null);

        Assert.Equal(filter, AuditPeriod.Of(filter).Over(filter));
    }

    [Fact]
    public void OneDay_IsShownAsThatDay()
    {
        var period = AuditPeriod.Of(AuditFilter.Read(null, null, null, null, "2026-03-01", "2026-03-02", null));

        Assert.Equal((new DateTime(2026, 3, 1), new DateTime(2026, 3, 1)), (period.Days!.Start, period.Days.End));
        Assert.Equal(((TimeSpan?)null, (TimeSpan?)null), (period.Begin, period.End));
        Assert.Equal(period.Over(new()), (period with { End = TimeSpan.Zero }).Over(new()));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void YearThatNoLogIsOf_IsIgnored(string day) =>
        Assert.True(AuditFilter.Read(null, null, null, null, day, day, null).IsEmpty);
}
