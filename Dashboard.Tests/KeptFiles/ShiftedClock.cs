namespace Dashboard.KeptFiles;

/// <summary>A clock that runs like the real one and shows another time. Timers and elapsed time are the real ones.</summary>
internal sealed class ShiftedClock(DateTimeOffset now) : TimeProvider
{
    private TimeSpan _ahead = now - System.GetUtcNow();

    /// <summary>Sets the clock forward.</summary>
    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}
