using System.Web;
using Dashboard.Audit.Events;
using Dashboard.Instances;

namespace Dashboard.Audit.Reading;

public sealed class AuditFilterTests
{
    private static readonly AuditFilter Full = new(
        "guest & ben", "cache.", InstanceId.Of("cache"), AuditResult.Unknown, new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        new(2026, 3, 1, 12, 0, 7, TimeSpan.Zero), "100% <b>?#=ü");

    [Fact]
    public void Query_GivesTheSameFilterAgain()
    {
        var query = HttpUtility.ParseQueryString(Full.Query);

        Assert.Equal(
            Full,
            AuditFilter.Read(
                query["actor"], query["action"], query["instance"], query["result"], query["from"], query["to"], query["text"]));
        Assert.False(Full.IsEmpty);
    }

    [Fact]
    public void NoFilter_IsAnEmptyQuery()
    {
        var none = AuditFilter.Read("", " ", null, null, "", null, "\t");

        Assert.True(none.IsEmpty);
        Assert.Equal("", none.Query);
    }

    [Theory]
    [InlineData("UNKNOWN", AuditResult.Unknown, "people type as they like")]
    [InlineData(" done ", AuditResult.Done, "or paste")]
    [InlineData("3", null, "a number is no word")]
    [InlineData("done,refused", null, "nor is a list")]
    [InlineData("everything", null, "nor is an unknown word")]
    public void Result_IsReadByItsWord(string written, object? result, string reason) =>
        Assert.True(Equals(result, AuditFilter.Read(null, null, null, written, null, null, null).Result), reason);

    [Theory]
    [InlineData("2026-03-01T12:00", "2026-03-01T12:00")]
    [InlineData("2026-03-01T12:00:07", "2026-03-01T12:00:07")]
    [InlineData("2026-03-01", "2026-03-01T00:00")]
    [InlineData("yesterday", null)]
    [InlineData("2026-02-30T12:00", null)]
    [InlineData("0001-01-01", null)] // no log is so old, and its day before cannot be computed
    public void Time_IsUtc_AndInvalidTextIsIgnored(string written, string? shown) =>
        Assert.Equal(shown, AuditFilter.Shown(AuditFilter.Read(null, null, null, null, written, null, null).From));

    [Fact]
    public void LongAndHostileTexts_AreCutAndMadeHarmless()
    {
        var filter = AuditFilter.Read(new string('a', 5000), "x\u202Ey", "../../etc", null, null, null, "a\0b");

        Assert.Equal((100, "x\\u202Ey", null, "a\\u0000b"), (filter.Actor!.Length, filter.Action, filter.Instance, filter.Text));
    }
}
