namespace Dashboard.Servers;

/// <summary>The real time, in which every wait is over sooner: what a console waits five seconds for, a test need not.</summary>
internal sealed class HurriedTime(int faster) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Sooner(TimeSpan wait) => wait > TimeSpan.Zero ? wait / faster : wait;
}
