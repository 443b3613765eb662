using Dashboard.Instances;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions.Flush.Retention;

public sealed class RetentionDeadlinesTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly RetentionDeadlines _ends;
    private readonly RetainedFlush _swap =
        new(Guid.CreateVersion7(), InstanceId.Of("cache"), "abc", 0, 15, 100, "keeper", RetentionState.Retained, Given.Start,
            Given.Start + RetainedFlush.Window);

    public RetentionDeadlinesTests() => _ends = new(_time);

    [Fact]
    public void Minute_Passes()
    {
        Assert.Empty(_ends.Over([_swap]));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(_ends.Over([_swap]));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([_swap], _ends.Over([_swap]));
    }

    /// <summary>The wall clock is set forward by an hour, which takes no time.</summary>
    [Fact]
    public void ClockSetForward_CostsNobodyTheirUndo()
    {
        var jumped = new JumpingTime(_time);
        var ends = new RetentionDeadlines(jumped);
        Assert.Empty(ends.Over([_swap]));

        jumped.Ahead = TimeSpan.FromHours(1);

        Assert.Empty(ends.Over([_swap]));
        _time.Advance(RetainedFlush.Window);
        Assert.Equal([_swap], ends.Over([_swap]));
    }

    [Fact]
    public void GivenMoreTime_OrNone_CountsAnew()
    {
        Assert.Empty(_ends.Over([_swap]));

        Assert.Equal([_swap with { EndsAt = Given.Start }], _ends.Over([_swap with { EndsAt = Given.Start }]));
        _time.Advance(RetainedFlush.Window);
        Assert.Empty(_ends.Over([_swap with { EndsAt = _time.GetUtcNow() + RetainedFlush.Window }]));
    }

    private sealed class JumpingTime(FakeTimeProvider inner) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Ahead;

        public override long GetTimestamp() => inner.GetTimestamp();
    }
}
