using System.Globalization;
using Dashboard.Metrics;

namespace Dashboard.Actions.Flush.Recovery;

/// <summary>
/// How long the hit rate will be low after a flush: a guess from what happened before, or, where nothing did, from how much is read.
/// </summary>
/// <param name="Time">Null when it is not known.</param>
/// <param name="IsAtLeast">It will hardly be less, and may be more.</param>
/// <param name="Sentence">For people, with what it rests on.</param>
internal sealed record HitRateRecovery(TimeSpan? Time, bool IsAtLeast, string Sentence)
{
    /// <summary>Older emptyings tell of another cache than today's.</summary>
    public const int MostPast = 3;

    /// <summary>Slower reads are none.</summary>
    private const double FewestReads = 0.1;

    /// <summary>From a stretch of history.</summary>
    /// <param name="readings">Oldest first; finer ones tell the time more finely.</param>
    /// <param name="flushes">As <see cref="CacheDrops.TimesIn"/> has them.</param>
    /// <param name="keys">That it holds now; null when unknown.</param>
    /// <param name="reads">Lookups a second now, hits and misses together; null when unknown.</param>
    public static HitRateRecovery From(
        IReadOnlyList<Reading> readings, IReadOnlyCollection<DateTimeOffset> flushes, long? keys, double? reads) =>
        Of(CacheDrops.In(readings, flushes), keys, reads);

    /// <summary>From emptyings found before.</summary>
    /// <param name="past">Oldest first; the last few count.</param>
    /// <inheritdoc cref="From"/>
    public static HitRateRecovery Of(IReadOnlyList<CacheDrop> past, long? keys, double? reads) =>
        past.Count > 0 ? OfPast([.. past.TakeLast(MostPast)])
        : keys is > 0 && reads >= FewestReads ? OfReads(keys.Value, reads.Value)
        : new(null, false, "How long the hit rate will be low is not known: history shows no time when this cache was emptied, and too "
            + "little is read now to guess.");

    /// <summary>The middle one; of two, the longer.</summary>
    private static HitRateRecovery OfPast(CacheDrop[] past)
    {
        var middle = past.OrderBy(one => one.Took).ThenBy(one => one.IsAtLeast).ElementAt(past.Length / 2);
        var latest = past[^1].At.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);
        var after = past.Length == 1 ? $"after the last emptying, {latest} UTC," : $"after the last {past.Length} emptyings, the latest "
            + $"{latest} UTC,";
        var took = $"{(middle.IsAtLeast ? "more than " : "")}{Words(middle.Took)}";
        return new(
            middle.Took, middle.IsAtLeast,
            $"An estimate: {after} the hit rate took {(past.Length == 1 ? took : $"{took} (the median)")} to come back.");
    }

    private static HitRateRecovery OfReads(long keys, double reads)
    {
        var time = TimeSpan.FromSeconds(Math.Min(Math.Ceiling(keys / reads), TimeSpan.FromDays(365).TotalSeconds));
        return new(
            time, true,
            $"An estimate: no emptying is in the history. At {UnitFormat.Text(Unit.Count, reads)} reads/s it takes at least "
                + $"{Words(time)} until each of its keys was asked for once; "
            + "the hit rate is back sooner where few keys get most of the reads.");
    }

    /// <summary>Rounded upward: <c>45 s</c>, <c>4 min</c>, <c>3 h</c>, <c>12 d</c>.</summary>
    private static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Ceiling(time.TotalSeconds):0} s",
        { TotalMinutes: <= 90 } => $"{Math.Ceiling(time.TotalMinutes):0} min",
        { TotalHours: <= 48 } => $"{Math.Ceiling(time.TotalHours):0} h",
        _ => $"{Math.Ceiling(time.TotalDays):0} d",
    };
}
