using Dashboard.Access.Roles;
using Dashboard.Instances;

namespace Dashboard.Access.Sessions;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Begun = new(2026, 1, 31, 3, 0, 0, TimeSpan.Zero);

    private static readonly Session Fresh =
        new("id", "account", "guest", new([new Grant(OperatorRole.Owner)]), "10.0.0.9", Begun, Begun, Begun, IsOver: false);

    [Theory]
    [InlineData(0, null)]
    [InlineData(299, null)]
    [InlineData(300, RefusalKind.StepUpRequired)] // five minutes, to the second
    [InlineData(1799, RefusalKind.StepUpRequired)]
    [InlineData(1800, RefusalKind.Idle)] // half an hour without activity
    [InlineData(43199, RefusalKind.Idle)]
    [InlineData(43200, RefusalKind.SignedOut)] // twelve hours, whatever happened
    public void DestructiveAct_RequiresStepUp(int seconds, RefusalKind? refusal) =>
        Assert.Equal(refusal, Fresh.RefusalOf(Permission.Flush, InstanceId.Of("cache"), Begun.AddSeconds(seconds))?.Kind);

    [Theory]
    [InlineData(1799, null)]
    [InlineData(1800, RefusalKind.Idle)]
    public void Act_RequiresAnActiveSession(int seconds, RefusalKind? refusal) =>
        Assert.Equal(refusal, Fresh.RefusalOf(Permission.Reclaim, InstanceId.Of("cache"), Begun.AddSeconds(seconds))?.Kind);

    [Fact]
    public void Watching_RequiresNeither_UntilTheSessionEnds()
    {
        Assert.Null(Fresh.RefusalOf(Permission.Watch, null, Begun.AddHours(11.9)));
        Assert.Equal(RefusalKind.SignedOut, Fresh.RefusalOf(Permission.Watch, null, Begun.AddHours(12))?.Kind);
        Assert.Equal(RefusalKind.SignedOut, (Fresh with { IsOver = true }).RefusalOf(Permission.Watch, null, Begun)?.Kind);
    }

    [Fact]
    public void NotGranted_NamesTheRole_BeforeAskingForAPassword()
    {
        var viewer = Fresh with { Grants = new([new Grant(OperatorRole.Viewer)]) };

        var refusal = viewer.RefusalOf(Permission.Flush, InstanceId.Of("cache"), Begun.AddHours(1));

        Assert.Equal("You may not flush a cache on cache. This needs the role flush-admin; an owner can grant it.", refusal?.Sentence);
    }

    /// <summary>An owner is refused too: what is granted per instance always needs an instance.</summary>
    [Fact]
    public void ActOnAnInstance_WithoutOne_IsRefused()
    {
        Assert.Equal(RefusalKind.NotGranted, Fresh.RefusalOf(Permission.Reclaim, null, Begun)?.Kind);
        Assert.Equal(
            "You may not flush a cache without naming an instance.", Fresh.RefusalOf(Permission.Flush, null, Begun)?.Sentence);
        Assert.Null(Fresh.RefusalOf(Permission.ManageAccess, null, Begun));
    }

    [Theory]
    [InlineData(-60, false)] // clocks may differ by this much
    [InlineData(-61, true)]
    [InlineData(-86400, true)]
    public void ClockSetBack_ProlongsNothing(int seconds, bool over)
    {
        var now = Begun.AddSeconds(seconds);

        Assert.Equal(over, Fresh.HasEndedAt(now));
        Assert.Equal(over, Fresh.IsIdleAt(now));
        Assert.Equal(over, (Fresh with { BegunAt = Begun.AddDays(-2), ActiveAt = Begun }).IsIdleAt(now));
    }

    [Fact]
    public void ClockSetBack_ConfirmsNothing() => Assert.False(Fresh.IsConfirmedAt(Begun.AddSeconds(-1)));
}
