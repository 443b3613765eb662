using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Fakes;

/// <summary>Time that passes as soon as a caller waits for it, and stands still otherwise.</summary>
internal class PassingTime() : FakeTimeProvider(Given.Start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            Advance(dueTime);
        }

        return timer;
    }
}
