using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>The points of one series as the browser has them: ascending, without doubles, never more than <see cref="Limit"/>.</summary>
internal sealed class TrackBuffer
{
    /// <summary>More points than this cost drawing time and show nothing more: the caller decimates, this is the guard.</summary>
    public const int Limit = 600;

    private readonly List<SeriesPoint> _points = [];

    public IReadOnlyList<SeriesPoint> Points => _points;

    public void Seed(IReadOnlyList<SeriesPoint> seed)
    {
        _points.Clear();
        Tail(seed);
    }

    /// <summary>Drops what is at or after the first point, then appends: the same tail twice changes nothing.</summary>
    public void Tail(IReadOnlyList<SeriesPoint> tail)
    {
        if (tail.Count == 0)
        {
            return;
        }

        var kept = IndexOf(tail[0].Time);
        _points.RemoveRange(kept, _points.Count - kept);
        _points.AddRange(tail.Count > Limit ? tail.Skip(tail.Count - Limit) : tail);
        _points.RemoveRange(0, Math.Max(0, _points.Count - Limit));
    }

    /// <summary>Forgets what is older than this, but for one point, so that the line enters at the left edge.</summary>
    public void Trim(long from) => _points.RemoveRange(0, Math.Max(0, IndexOf(from) - 1));

    /// <summary>Index of the first point at or after this time.</summary>
    public int IndexOf(long time)
    {
        var (low, high) = (0, _points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _points[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
