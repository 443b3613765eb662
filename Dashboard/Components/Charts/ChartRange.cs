namespace Dashboard.Components.Charts;

/// <summary>A stretch of time a person chose on a chart.</summary>
public sealed record ChartRange(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Shorter than this there is nothing to see at one reading a second.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The range between two unix times in ms, widened about its middle to <see cref="Shortest"/>; null when what the browser sent is not a
    /// range of time.
    /// </summary>
    internal static ChartRange? Of(long from, long to)
    {
        var last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - (long)Shortest.TotalMilliseconds;
        if (from < (long)Shortest.TotalMilliseconds || to < from || to > last)
        {
            return null;
        }

        var missing = Math.Max(0, (long)Shortest.TotalMilliseconds - (to - from));
        return new(
            DateTimeOffset.FromUnixTimeMilliseconds(from - (missing / 2)),
            DateTimeOffset.FromUnixTimeMilliseconds(to + missing - (missing / 2)));
    }
}
