using Dashboard.Metrics.Series;

namespace Dashboard.Components.Charts;

/// <summary>What one chart knows on the server, and what of it the browser has not been sent yet.</summary>
public sealed class ChartFeed
{
    private readonly TrackBuffer[] _tracks;
    private readonly double?[] _last;
    private long? _unsentFrom;
    private bool _unsentMarks;
    private bool _unsentSeed = true;

    internal ChartFeed(ChartSpec spec)
    {
        Spec = spec;
        _tracks = [.. spec.Series.Select(_ => new TrackBuffer())];
        _last = new double?[_tracks.Length];
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
    public double? Last(int series) => _last[series];

    /// <summary>Points of a series (0 or 1) as drawn, oldest first.</summary>
    public IReadOnlyList<SeriesPoint> Points(int series) => _tracks[series].Points;

    /// <summary>There is nothing to draw yet.</summary>
    public bool IsEmpty => _tracks.All(track => track.Points.Count == 0);

    /// <summary>There are points and none of them is known.</summary>
    public bool IsUnknown => !IsEmpty && _tracks.All(track => track.Points.All(point => point.Value is null));

    internal void Seed(IReadOnlyList<ChartTrack> sent)
    {
        for (var i = 0; i < _tracks.Length; i++)
        {
            _tracks[i].Seed(PointsOf(sent, i));
            Remember(i, _tracks[i].Points);
        }

        (IsLoading, _unsentSeed, _unsentFrom) = (false, true, null);
        Version++;
    }

    internal void Tail(IReadOnlyList<ChartTrack> sent, long? trimFrom)
    {
        for (var i = 0; i < _tracks.Length; i++)
        {
            var points = PointsOf(sent, i);
            Remember(i, points);
            if (trimFrom is not { } from || points.Count == 0)
            {
                continue;
            }

            _tracks[i].Tail(points);
            _tracks[i].Trim(from);
            _unsentFrom = Math.Min(_unsentFrom ?? long.MaxValue, points[0].Time);
        }

        Version++;
    }

    internal void Say(IReadOnlyList<double?> numbers)
    {
        for (var i = 0; i < _last.Length && i < numbers.Count; i++)
        {
            _last[i] = numbers[i];
        }

        Version++;
    }

    internal void Mark(IReadOnlyList<ChartMark> marks)
    {
        if (!marks.SequenceEqual(Marks))
        {
            (Marks, _unsentMarks) = (marks, true);
            Version++;
        }
    }

    internal void Wait()
    {
        IsLoading = true;
        Version++;
    }

    internal void Resend() => _unsentSeed = true;

    /// <summary>What the browser lacks, null when nothing. The first message replaces whatever the browser had under this id.</summary>
    internal ChartMessage? Take()
    {
        if (!_unsentSeed && !_unsentMarks && _unsentFrom is null)
        {
            return null;
        }

        var from = _unsentSeed ? 0 : _unsentFrom ?? long.MaxValue;
        var message = new ChartMessage(
            Spec.Id,
            _unsentSeed,
            _unsentSeed ? SpecMessage.Of(Spec) : null,
            _unsentSeed || _unsentMarks ? Marks : null,
            [.. _tracks.Select(track => TrackMessage.Of(track.Points.Skip(track.IndexOf(from))))]);
        (_unsentSeed, _unsentMarks, _unsentFrom) = (false, false, null);
        return message;
    }

    private IReadOnlyList<SeriesPoint> PointsOf(IReadOnlyList<ChartTrack> sent, int series) =>
        sent.FirstOrDefault(track => track.Series == Spec.Series[series].Id)?.Points ?? [];

    private void Remember(int series, IReadOnlyList<SeriesPoint> points)
    {
        if (points.Count > 0)
        {
            _last[series] = points[^1].Value;
        }
    }
}
