using Dashboard.Audit.Chain;

namespace Dashboard.Components.Audit;

/// <summary>What people read of a row that counts several refusals.</summary>
public sealed class OccurrenceTextTests
{
    [Theory]
    [InlineData("not granted; 15:10:01 to 15:10:03 UTC", "{\"times\":1200}", "1,200 times, 15:10:01 to 15:10:03 UTC")]
    [InlineData("not granted; at 15:10:01 UTC", null, "at 15:10:01 UTC")]
    [InlineData("not granted; at 15:10:01 UTC", "{\"times\":1}", "at 15:10:01 UTC")] // As an earlier version wrote it.
    [InlineData("not granted", null, null)]
    [InlineData("removed 3 keys", "{\"removed\":3}", null)]
    public void Row_SaysHowOftenAndWhen(string detail, string? counts, string? said) =>
        Assert.Equal(said, OccurrenceText.Of(new AuditRow { Detail = detail, Counts = counts }));

    [Theory]
    [InlineData("{\"times\":3}", null)]
    [InlineData("{\"removed\":3,\"times\":3}", "removed 3")]
    [InlineData("{\"removed\":3}", "removed 3")]
    [InlineData("not JSON", "not JSON")]
    [InlineData(null, null)]
    public void OtherCounts_StandForThemselves(string? counts, string? said) =>
        Assert.Equal(said, OccurrenceText.CountsOf(new AuditRow { Counts = counts }));
}
