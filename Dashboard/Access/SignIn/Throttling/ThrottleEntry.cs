namespace Dashboard.Access.SignIn.Throttling;

/// <summary>
/// The number of failures and their times. The times are timestamps of a <see cref="TimeProvider"/>: setting the clock changes no wait.
/// </summary>
/// <param name="Last">The last failure.</param>
/// <param name="Before">The one before it.</param>
internal readonly record struct ThrottleEntry(int Failures, long Last, long Before)
{
    public ThrottleEntry Failed(long now) => new(Failures + 1, now, Last);

    /// <summary>The entry without the last failure, which was withdrawn.</summary>
    public ThrottleEntry Undone => new(Failures - 1, Before, Before);
}
