using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>The readings of the last quarter of an hour, oldest first, which cards, sparklines and rules use.</summary>
/// <remarks>
/// Ages are taken from the monotonic clock, so that setting the wall clock neither loses readings nor brings old ones back.
/// </remarks>
public sealed class RecentReadings
{
    /// <summary>How far back the readings reach.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    /// <summary>The most readings that are kept: a quarter of an hour at one per second.</summary>
    private const int Capacity = 900;

    private RecentReadings(ImmutableArray<Reading> all, ImmutableArray<TimeSpan> uptimes) => (All, Uptimes) = (all, uptimes);

    public static RecentReadings None { get; } = new([], []);

    /// <summary>In the order of polls.</summary>
    public ImmutableArray<Reading> All { get; }

    /// <summary>When each of <see cref="All"/> ended, on the monotonic clock.</summary>
    public ImmutableArray<TimeSpan> Uptimes { get; }

    /// <summary>These readings and one more, without those that are now too old.</summary>
    public RecentReadings With(Reading reading, TimeSpan uptime)
    {
        var first = Math.Max(All.Length - Capacity + 1, FirstAfter(uptime - Span));
        return new([.. All.AsSpan()[first..], reading], [.. Uptimes.AsSpan()[first..], uptime]);
    }

    /// <summary>The readings of the last <paramref name="span"/> before <paramref name="now"/> on the monotonic clock.</summary>
    public ReadOnlySpan<Reading> Last(TimeSpan span, TimeSpan now) => All.AsSpan()[FirstAfter(now - span)..];

    private int FirstAfter(TimeSpan uptime)
    {
        var first = Uptimes.Length;
        while (first > 0 && Uptimes[first - 1] > uptime)
        {
            first--;
        }

        return first;
    }
}
