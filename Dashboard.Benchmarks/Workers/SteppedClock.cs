namespace Dashboard.Benchmarks.Workers;

/// <summary>
/// A clock that goes on a second when it is told to, so that a second's worth of watching can be done as fast as it goes, with everything
/// in it that happens only now and then. Its timers are the real ones.
/// </summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private long _seconds = 1;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Volatile.Read(ref _seconds);

    public override DateTimeOffset GetUtcNow() => _start.AddSeconds(Volatile.Read(ref _seconds));

    public void Step() => Interlocked.Increment(ref _seconds);
}
