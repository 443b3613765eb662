namespace Dashboard.Access;

/// <summary>Failures counted, and when. Instants are timestamps of a <see cref="TimeProvider"/>: setting the clock changes no wait.</summary>
/// <param name="Last">The last failure.</param>
/// <param name="Before">The one before it.</param>
internal readonly record struct BrakeEntry(int Failures, long Last, long Before)
{
    public BrakeEntry Failed(long now) => new(Failures + 1, now, Last);

    /// <summary>Without the last failure, which was none.</summary>
    public BrakeEntry Undone => new(Failures - 1, Before, Before);
}
