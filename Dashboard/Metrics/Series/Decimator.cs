namespace Dashboard.Metrics.Series;

/// <summary>Reduces a line to two of its points per stretch: the lowest, and the one with the highest extreme, in time order.</summary>
/// <param name="step">Length of a stretch in milliseconds; 0 keeps every point.</param>
internal sealed class Decimator(long step)
{
    private readonly List<SeriesPoint> _points = new(ChartScale.MaxPoints);
    private long _start = long.MinValue;
    private (long Time, double Value)? _low;
    private (long Time, double Value)? _high;
    private long? _unknown;

    public void Add(long time, MetricValue? value, bool afterGap)
    {
        if (step == 0 || ReadingBuckets.StartOf(time, step) != _start)
        {
            Close();
            _start = step == 0 ? time : ReadingBuckets.StartOf(time, step);
        }

        if (value is not { } known)
        {
            _unknown ??= time;
            return;
        }

        if (afterGap && _low is null)
        {
            _points.Add(new(time - 1, null));
        }

        _low = _low is { } low && low.Value <= known.Value ? low : (time, known.Value);
        _high = _high is { } high && high.Value >= known.Max ? high : (time, known.Max);
    }

    /// <summary>All points so far, oldest first.</summary>
    public IReadOnlyList<SeriesPoint> Points()
    {
        Close();
        return _points;
    }

    private void Close()
    {
        if (_low is { } low && _high is { } high)
        {
            AddPair(low, high);
        }
        else if (_unknown is { } time)
        {
            _points.Add(new(time, null));
        }

        (_low, _high, _unknown) = (null, null, null);
    }

    private void AddPair((long Time, double Value) low, (long Time, double Value) high)
    {
        if (step == 0)
        {
            _points.Add(SeriesPoint.Of(low.Time, new MetricValue(low.Value, low.Value, high.Value)));
            return;
        }

        // One reading may be both: its extreme is drawn beside it.
        high.Time = high.Time == low.Time ? high.Time + 1 : high.Time;
        _points.Add(low.Time < high.Time ? new(low.Time, low.Value) : new(high.Time, high.Value));
        if (!low.Value.Equals(high.Value))
        {
            _points.Add(low.Time < high.Time ? new(high.Time, high.Value) : new(low.Time, low.Value));
        }
    }
}
