using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Fakes;

/// <summary>
/// Time in which pauses end at once and deadlines pass when the test says so: no answer is too late because the machine is busy, and no
/// test waits for time to pass. The date is the real one, and periodic timers tick ten times faster.
/// </summary>
internal sealed class PatientTime : TimeProvider
{
    /// <summary>A longer wait is a deadline. The longest pause of a scan is 250 ms, the shortest deadline of a question 2 s.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _deadlines = new();

    public override long TimestampFrequency => _deadlines.TimestampFrequency;

    public override long GetTimestamp() => _deadlines.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime > LongestPause ? _deadlines.CreateTimer(callback, state, dueTime, period)
        : dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan ? System.CreateTimer(callback, state, TimeSpan.Zero, period)
        : System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    /// <summary>Lets the deadlines of all questions in progress pass, once.</summary>
    public void PassDeadlines() => _deadlines.Advance(TimeSpan.FromSeconds(5));

    /// <summary>Lets deadlines pass until a call is over.</summary>
    public Task UntilOverAsync(Task call) => Eventually.Async(() =>
    {
        _deadlines.Advance(TimeSpan.FromSeconds(5));
        return Task.FromResult(call.IsCompleted);
    });

    private static TimeSpan Sooner(TimeSpan tick) => tick > TimeSpan.Zero ? tick / 10 : tick;
}
