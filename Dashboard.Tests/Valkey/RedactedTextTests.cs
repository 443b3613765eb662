using System.Text;
using Dashboard.Alerts;
using Dashboard.Text;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey;

/// <summary>Error texts from a server are safe to show and to log.</summary>
public sealed class RedactedTextTests
{
    private static readonly Password Secret = new("s3cret\\pass"u8.ToArray(), "'/etc/secret\u202e' ends in a space or tab");

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Text_OfAnyKind_IsHarmlessAndBounded(string name)
    {
        var text = HostileTexts.Text(name);

        Harmless.Assert(RedactedText.Of(text), Fault.MaxDetail);
        Harmless.Assert(RedactedText.Of(text, Secret, text), Fault.MaxDetail);
    }

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Password_RepeatedInTheText_IsNotShown(string name)
    {
        var text = HostileTexts.Text(name);

        Assert.DoesNotContain("s3cret", RedactedText.Of($"ERR s3cret\\pass{text}s3cret\\pass", Secret), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "s3cret", RedactedText.Of($"ERR unknown command, with args beginning with: '{text}s3cret\\pass'", Secret),
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void ErrorReplies_OfAnyKind_GiveHarmlessTexts(string name)
    {
        string[] starts = ["", "ERR ", "NOAUTH ", "WRONGPASS ", "NOPERM ", "LOADING ", "BUSY ", "MISCONF ", "MASTERDOWN ", "READONLY "];

        Assert.All(starts, start =>
        {
            var fault = ErrorReply.Read(start + HostileTexts.Text(name), Secret);
            var faultDescription = FaultDescription.Of(fault, "10.0.0.5:6379");

            Harmless.Assert(fault.Detail, Fault.MaxDetail);
            Assert.All([faultDescription.Status, faultDescription.What, faultDescription.Remedy], word => Harmless.Assert(word));
        });
    }

    [Fact]
    public void Rejection_SaysWhy_AndWhatIsOddAboutTheFile_EscapedOnce()
    {
        var fault = ErrorReply.Read(@"WRONGPASS no \ pair", Secret);

        Assert.Equal(new Fault(FaultKind.WrongPass, @"WRONGPASS no \\ pair '/etc/secret\u202e' ends in a space or tab"), fault);
    }

    [Fact]
    public void Text_WithBlanksAround_IsTrimmed() => Assert.Equal("ERR x", RedactedText.Of(" ERR x\r\n"));

    [Fact]
    public void Megabyte_EndsInItsLength() =>
        Assert.EndsWith(
            "…(1,048,580 characters)", RedactedText.Of("ERR " + new StringBuilder().Append('x', 1 << 20)), StringComparison.Ordinal);
}
