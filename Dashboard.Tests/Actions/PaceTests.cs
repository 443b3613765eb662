namespace Dashboard.Actions;

/// <summary>A walk gives way to others, comes back, and ends where it would go on hurting.</summary>
public sealed class PaceTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(0.4);

    [Fact]
    public void QuietServer_StaysAtFullPagesAndTheShortestPause()
    {
        var (pace, _) = Walk(Pace.Begin, default, Quiet, 500);

        Assert.Equal((Pace.Full, 1.0, false), (pace.Size, pace.Pause.TotalMilliseconds, pace.IsHeld));
        Assert.Equal(Quiet, pace.Base);
    }

    [Fact]
    public void ServerTwiceAsSlow_IsGivenRoom_AndTheWalkComesBackWhenItIsQuiet()
    {
        var (quiet, at) = Walk(Pace.Begin, default, Quiet, 100);
        var (held, later) = Walk(quiet, at, TimeSpan.FromMilliseconds(2), 100);
        Assert.Equal((10, 50.0, true), (held.Size, held.Pause.TotalMilliseconds, held.IsHeld));
        Assert.False(held.HasToEndAt(later), "2 ms are no harm");

        var (again, _) = Walk(held, later, Quiet, 200);

        Assert.Equal((Pace.Full, false), (again.Size, again.IsHeld));
    }

    [Theory]
    [InlineData(21, true)] // over 20 ms, whatever its base
    [InlineData(6, true)] // over 5 ms and over five times its base of 0.4 ms
    [InlineData(4.9, false)]
    public void TooSlowForThreeSeconds_HasToEnd(double milliseconds, bool ends)
    {
        var (quiet, at) = Walk(Pace.Begin, default, Quiet, 100);

        var (slow, later) = Walk(quiet, at, TimeSpan.FromMilliseconds(milliseconds), 100);

        Assert.Equal(ends, slow.HasToEndAt(later + Pace.Abort));
        Assert.False(quiet.HasToEndAt(later + Pace.Abort));
    }

    [Fact]
    public void OneSlowPageAmongMany_EndsNothing()
    {
        var (quiet, at) = Walk(Pace.Begin, default, Quiet, 100);

        var stumbled = quiet.After(TimeSpan.FromMilliseconds(300), at);

        Assert.Null(stumbled.SlowSince);
    }

    private static (Pace Pace, TimeSpan At) Walk(Pace pace, TimeSpan at, TimeSpan took, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            at += took + pace.Pause;
            pace = pace.After(took, at);
        }

        return (pace, at);
    }
}
