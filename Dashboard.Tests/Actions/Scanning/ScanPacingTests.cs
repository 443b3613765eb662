namespace Dashboard.Actions.Scanning;

/// <summary>A scan slows down for other clients, recovers, and ends where it would continue to slow them down.</summary>
public sealed class ScanPacingTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(0.4);

    [Fact]
    public void QuietServer_StaysAtFullPagesAndTheShortestPause()
    {
        var (pacing, _) = AfterPages(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 500);

        Assert.Equal((100, 1.0, false), (pacing.Size, pacing.Pause.TotalMilliseconds, pacing.IsSlowed));
        Assert.Equal(Quiet, pacing.Base);
    }

    [Fact]
    public void SlowerServer_IsGivenRoom_AndTheScanRecoversWhenItIsQuiet()
    {
        var (quiet, at) = AfterPages(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 100);
        var (held, later) = AfterPages(quiet, at, TimeSpan.FromMilliseconds(2), 100);
        Assert.Equal((10, 50.0, true), (held.Size, held.Pause.TotalMilliseconds, held.IsSlowed));
        Assert.False(held.HasToEndAt(later), "2 ms are no harm");

        var (again, _) = AfterPages(held, later, Quiet, 200);

        Assert.Equal((100, false), (again.Size, again.IsSlowed));
    }

    [Theory]
    [InlineData(21, true)] // over 20 ms, whatever its base
    [InlineData(6, true)] // over 5 ms and over five times its base of 0.4 ms
    [InlineData(4.9, false)]
    public void TooSlowForThreeSeconds_HasToEnd(double milliseconds, bool ends)
    {
        var (quiet, at) = AfterPages(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 100);

        var (slow, later) = AfterPages(quiet, at, TimeSpan.FromMilliseconds(milliseconds), 100);

        Assert.Equal(ends, slow.HasToEndAt(later + ScanPacing.AbortAfter));
        Assert.False(quiet.HasToEndAt(later + ScanPacing.AbortAfter));
    }

    [Fact]
    public void OneSlowPageAmongMany_DoesNotEndTheScan()
    {
        var (quiet, at) = AfterPages(ScanPacing.Begin(ScanBudget.Default), default, Quiet, 100);

        var stumbled = quiet.After(TimeSpan.FromMilliseconds(300), at);

        Assert.Null(stumbled.SlowSince);
    }

    [Theory]
    [InlineData(10, 0)] // the smallest page can slow down only by its pause
    [InlineData(40, 5)]
    [InlineData(200, 200)] // longer than the pause while it is held
    [InlineData(200, 1000)]
    public void Scan_StartsAtItsBudget_AndReturnsToIt(int size, int pause)
    {
        var budget = ScanBudget.Default with { PageSize = size, Pause = TimeSpan.FromMilliseconds(pause) };
        var (quiet, at) = AfterPages(ScanPacing.Begin(budget), default, Quiet, 100);
        Assert.Equal((size, budget.Pause, false), (quiet.Size, quiet.Pause, quiet.IsSlowed));

        var (held, later) = AfterPages(quiet, at, TimeSpan.FromMilliseconds(2), 100);
        Assert.Equal((10, Math.Max(50, pause), true), (held.Size, held.Pause.TotalMilliseconds, held.IsSlowed));

        var (again, _) = AfterPages(held, later, Quiet, 200);
        Assert.Equal((size, budget.Pause, false), (again.Size, again.Pause, again.IsSlowed));
    }

    [Theory]
    [InlineData(1, 1.1, true)]
    [InlineData(1, 0.9, false)]
    [InlineData(20, 21, true)]
    [InlineData(20, 19, false)]
    [InlineData(1000, 1001, true)]
    [InlineData(1000, 900, false)]
    public void OverItsLatencyBudget_TheScanSlowsDown_AndEndsAfterThreeSeconds(int budget, double milliseconds, bool slow)
    {
        var took = TimeSpan.FromMilliseconds(milliseconds);

        // The pages are this slow from the first one on, so the base is no reason to slow down.
        var (pacing, at) =
            AfterPages(ScanPacing.Begin(ScanBudget.Default with { Latency = TimeSpan.FromMilliseconds(budget) }), default, took, 100);

        Assert.Equal((slow, slow), (pacing.IsSlowed, pacing.HasToEndAt(at + ScanPacing.AbortAfter)));
    }

    [Fact]
    public void SlowFirstPage_DoesNotHoldTheScan()
    {
        var pacing = ScanPacing.Begin(ScanBudget.Default).After(TimeSpan.FromMilliseconds(80), default);

        Assert.False(pacing.IsSlowed);
    }

    private static (ScanPacing Pace, TimeSpan At) AfterPages(ScanPacing pacing, TimeSpan at, TimeSpan took, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            at += took + pacing.Pause;
            pacing = pacing.After(took, at);
        }

        return (pacing, at);
    }
}
