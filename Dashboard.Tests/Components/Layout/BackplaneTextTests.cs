using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Realtime;
using Dashboard.Valkey;

namespace Dashboard.Components.Layout;

public sealed class BackplaneTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 21, 0, 0, TimeSpan.Zero);
    private static readonly Instance Cable = Given.Instance(Purpose.Cable);

    [Theory]
    [InlineData(0.4, "< 1 ms")]
    [InlineData(3.2, "3 ms")]
    public void Connected_SaysTheRoundTrip(double milliseconds, string status)
    {
        var text = BackplaneText.Of(Connected() with { RoundTrip = TimeSpan.FromMilliseconds(milliseconds) }, Cable, Now);

        Assert.Equal(("ok", status), (text.Level, text.Status));
        Assert.EndsWith("No other console was heard in the last minute.", text.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Others_AreCounted_AndTheLastOneIsNamed()
    {
        var one = BackplaneText.Of(Connected() with { Others = [("host-1", Now.AddSeconds(-4))] }, Cable, Now);
        var two = BackplaneText.Of(
            Connected() with { Others = [("host-1", Now.AddSeconds(-4)), ("host-2", Now.AddSeconds(-9))] }, Cable, Now);

        Assert.EndsWith("One other console: host-1, heard 4 s ago.", one.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("2 other consoles; the last heard was host-1, 4 s ago.", two.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Refused, "refuses connections")]
    [InlineData(FaultKind.NoPerm, "the Privileges page has the line that grants it")]
    [InlineData(FaultKind.WrongPass, "rejected the password")]
    public void Failed_SaysWhatIsLate_AndWhy(FaultKind kind, string why)
    {
        var text = BackplaneText.Of(
            new(BackplaneLevel.Failed, Now.AddMinutes(-2)) { Fault = new(kind) }, Cable, Now);

        Assert.Equal(("warn", "down"), (text.Level, text.Status));
        Assert.StartsWith(
            "What another console changes is seen here within 5 s, and not at once.", text.Sentence, StringComparison.Ordinal);
        Assert.Contains(why, text.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("Down for 2 min.", text.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Everything is connected and permitted, and still nothing arrives.</summary>
    [Fact]
    public void NothingComesBack_IsSaid() => Assert.Contains(
        "does not come back", BackplaneText.Of(new(BackplaneLevel.Failed, Now), Cable, Now).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Connecting_IsNotGreen() =>
        Assert.Equal("unknown", BackplaneText.Of(new(BackplaneLevel.Connecting, Now), Cable, Now).Level);

    private static BackplaneState Connected() => new(BackplaneLevel.Connected, Now) { RoundTrip = TimeSpan.FromMilliseconds(1) };
}
