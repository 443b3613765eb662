namespace Dashboard.Access.SignIn.Throttling;

/// <summary>
/// Failures counted, and when. Instants are timestamps of a <see cref="TimeProvider"/>: setting the clock changes no wait.
/// </summary>
/// <param name="Last">The last failure.</param>
/// <param name="Before">The one before it.</param>
internal readonly record struct ThrottleEntry(int Failures, long Last, long Before)
{
    public ThrottleEntry Failed(long now) => new(Failures + 1, now, Last);

    /// <summary>Without the last failure, which was none.</summary>
    public ThrottleEntry Undone => new(Failures - 1, Before, Before);
}
