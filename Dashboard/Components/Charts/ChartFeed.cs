using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>What one chart knows on the server, and what of it the browser has not been sent yet.</summary>
public sealed class ChartFeed
{
    private readonly TrackBuffer[] tracks;
    private readonly double?[] last;
    private long? unsentFrom;
    private bool unsentMarks;
    private bool unsentSeed = true;

    internal ChartFeed(ChartSpec spec)
    {
        Spec = spec;
        tracks = [.. spec.Series.Select(_ => new TrackBuffer())];
        last = new double?[tracks.Length];
    }

    /// <summary>What the chart shows.</summary>
    public ChartSpec Spec { get; }

    /// <summary>Restarts, actions and gaps, oldest first.</summary>
    public IReadOnlyList<ChartMark> Marks { get; private set; } = [];

    /// <summary>Waiting for its first data, or for the data of a window just chosen.</summary>
    public bool IsLoading { get; private set; } = true;

    /// <summary>Rises with every change; a component that has drawn this version has nothing to draw.</summary>
    public int Version { get; private set; }

    /// <summary>Newest value of a series (0 or 1), null when unknown. It moves on while the axis is frozen.</summary>
    public double? Last(int series) => last[series];

    /// <summary>Points of a series (0 or 1) as drawn, oldest first.</summary>
    public IReadOnlyList<SeriesPoint> Points(int series) => tracks[series].Points;

    /// <summary>There is nothing to draw yet.</summary>
    public bool IsEmpty => tracks.All(track => track.Points.Count == 0);

    /// <summary>There are points and none of them is known.</summary>
    public bool IsUnknown => !IsEmpty && tracks.All(track => track.Points.All(point => point.Value is null));

    internal void Seed(IReadOnlyList<ChartTrack> sent)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            tracks[i].Seed(PointsOf(sent, i));
            Remember(i, tracks[i].Points);
        }

        (IsLoading, unsentSeed, unsentFrom) = (false, true, null);
        Version++;
    }

    internal void Tail(IReadOnlyList<ChartTrack> sent, long? trimFrom)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            var points = PointsOf(sent, i);
            Remember(i, points);
            if (trimFrom is not { } from || points.Count == 0)
            {
                continue;
            }

            tracks[i].Tail(points);
            tracks[i].Trim(from);
            unsentFrom = Math.Min(unsentFrom ?? long.MaxValue, points[0].Time);
        }

        Version++;
    }

    internal void Say(IReadOnlyList<double?> numbers)
    {
        for (var i = 0; i < last.Length && i < numbers.Count; i++)
        {
            last[i] = numbers[i];
        }

        Version++;
    }

    internal void Mark(IReadOnlyList<ChartMark> marks)
    {
        if (!marks.SequenceEqual(Marks))
        {
            (Marks, unsentMarks) = (marks, true);
            Version++;
        }
    }

    internal void Wait()
    {
        IsLoading = true;
        Version++;
    }

    internal void Resend() => unsentSeed = true;

    /// <summary>What the browser lacks, null when nothing. The first message replaces whatever the browser had under this id.</summary>
    internal ChartMessage? Take()
    {
        if (!unsentSeed && !unsentMarks && unsentFrom is null)
        {
            return null;
        }

        var from = unsentSeed ? 0 : unsentFrom ?? long.MaxValue;
        var message = new ChartMessage(
            Spec.Id,
            unsentSeed,
            unsentSeed ? SpecMessage.Of(Spec) : null,
            unsentSeed || unsentMarks ? Marks : null,
            [.. tracks.Select(track => TrackMessage.Of(track.Points.Skip(track.IndexOf(from))))]);
        (unsentSeed, unsentMarks, unsentFrom) = (false, false, null);
        return message;
    }

    private IReadOnlyList<SeriesPoint> PointsOf(IReadOnlyList<ChartTrack> sent, int series) =>
        sent.FirstOrDefault(track => track.Series == Spec.Series[series].Id)?.Points ?? [];

    private void Remember(int series, IReadOnlyList<SeriesPoint> points)
    {
        if (points.Count > 0)
        {
            last[series] = points[^1].Value;
        }
    }
}
