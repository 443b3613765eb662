namespace Dashboard.Actions.Scanning;

/// <summary>A walk gives way to others, comes back, and ends where it would go on hurting.</summary>
public sealed class ScanPacingTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(0.4);

    [Fact]
    public void QuietServer_StaysAtFullPagesAndTheShortestPause()
    {
        var (pacing, _) = Walk(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 500);

        Assert.Equal((100, 1.0, false), (pacing.Size, pacing.Pause.TotalMilliseconds, pacing.IsHeld));
        Assert.Equal(Quiet, pacing.Base);
    }

    [Fact]
    public void ServerTwiceAsSlow_IsGivenRoom_AndTheWalkComesBackWhenItIsQuiet()
    {
        var (quiet, at) = Walk(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 100);
        var (held, later) = Walk(quiet, at, TimeSpan.FromMilliseconds(2), 100);
        Assert.Equal((10, 50.0, true), (held.Size, held.Pause.TotalMilliseconds, held.IsHeld));
        Assert.False(held.HasToEndAt(later), "2 ms are no harm");

        var (again, _) = Walk(held, later, Quiet, 200);

        Assert.Equal((100, false), (again.Size, again.IsHeld));
    }

    [Theory]
    [InlineData(21, true)] // over 20 ms, whatever its base
    [InlineData(6, true)] // over 5 ms and over five times its base of 0.4 ms
    [InlineData(4.9, false)]
    public void TooSlowForThreeSeconds_HasToEnd(double milliseconds, bool ends)
    {
        var (quiet, at) = Walk(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 100);

        var (slow, later) = Walk(quiet, at, TimeSpan.FromMilliseconds(milliseconds), 100);

        Assert.Equal(ends, slow.HasToEndAt(later + ScanPacing.Abort));
        Assert.False(quiet.HasToEndAt(later + ScanPacing.Abort));
    }

    [Fact]
    public void OneSlowPageAmongMany_EndsNothing()
    {
        var (quiet, at) = Walk(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 100);

        var stumbled = quiet.After(TimeSpan.FromMilliseconds(300), at);

        Assert.Null(stumbled.SlowSince);
    }

    [Theory]
    [InlineData(10, 0)] // the smallest page has the pause alone to give way by
    [InlineData(40, 5)]
    [InlineData(200, 200)] // longer than it would be held for
    [InlineData(200, 1000)]
    public void Budget_IsWhereItBegins_AndWhereItComesBackTo(int size, int pause)
    {
        var budget = ScanBudget.Default with { PageSize = size, Pause = TimeSpan.FromMilliseconds(pause) };
        var (quiet, at) = Walk(ScanPacing.Begin(budget), default, Quiet, 100);
        Assert.Equal((size, budget.Pause, false), (quiet.Size, quiet.Pause, quiet.IsHeld));

        var (held, later) = Walk(quiet, at, TimeSpan.FromMilliseconds(2), 100);
        Assert.Equal((10, Math.Max(50, pause), true), (held.Size, held.Pause.TotalMilliseconds, held.IsHeld));

        var (again, _) = Walk(held, later, Quiet, 200);
        Assert.Equal((size, budget.Pause, false), (again.Size, again.Pause, again.IsHeld));
    }

    [Theory]
    [InlineData(1, 1.1, true)]
    [InlineData(1, 0.9, false)]
    [InlineData(20, 21, true)]
    [InlineData(20, 19, false)]
    [InlineData(1000, 1001, true)]
    [InlineData(1000, 900, false)]
    public void OverItsLatency_ItSlowsDown_AndEndsAfterThreeSeconds(int budget, double milliseconds, bool slow)
    {
        var took = TimeSpan.FromMilliseconds(milliseconds);

        // As slow as this from the first page on: its own base gives it no reason.
        var (pacing, at) =
            Walk(ScanPacing.Begin(ScanBudget.Default with { Latency = TimeSpan.FromMilliseconds(budget) }), default, took, 100);

        Assert.Equal((slow, slow), (pacing.IsHeld, pacing.HasToEndAt(at + ScanPacing.Abort)));
    }

    [Fact]
    public void SlowFirstPages_AloneHoldNothing()
    {
        var pacing = ScanPacing.Begin(ScanBudget.Default).After(TimeSpan.FromMilliseconds(80), default);

        Assert.False(pacing.IsHeld);
    }

    private static (ScanPacing Pace, TimeSpan At) Walk(ScanPacing pacing, TimeSpan at, TimeSpan took, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            at += took + pacing.Pause;
            pacing = pacing.After(took, at);
        }

        return (pacing, at);
    }
}
