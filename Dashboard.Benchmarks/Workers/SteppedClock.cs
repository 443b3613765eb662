namespace Dashboard.Benchmarks.Workers;

/// <summary>
/// A clock that advances a second at each step, so that a second of watching can be done as fast as possible, including everything that
/// happens only now and then. Its timers are the real ones.
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
