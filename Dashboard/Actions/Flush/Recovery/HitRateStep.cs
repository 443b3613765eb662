using Dashboard.Metrics;

namespace Dashboard.Actions.Flush.Recovery;

/// <summary>The hit rate over a stretch of time that is just long enough to tell it.</summary>
/// <param name="At">Its start.</param>
/// <param name="Length">A minute or more.</param>
/// <param name="Percent">0 to 100.</param>
internal readonly record struct HitRateStep(DateTimeOffset At, TimeSpan Length, double Percent)
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    public DateTimeOffset End => At + Length;

    /// <param name="readings">Oldest first. What comes after the last whole step is left out.</param>
    public static IEnumerable<HitRateStep> Of(IEnumerable<Reading> readings)
    {
        Reading? sofar = null;
        foreach (var reading in readings)
        {
            if (sofar is not null && reading.At - sofar.At >= Least && HitRate.Percent(sofar) is { } rate)
            {
                yield return new(sofar.At, reading.At - sofar.At, rate.Value);
                sofar = null;
            }

            sofar = sofar?.Then(reading) ?? reading;
        }
    }
}
