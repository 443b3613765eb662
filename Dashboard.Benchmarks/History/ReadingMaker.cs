using Dashboard.Metrics;

namespace Dashboard.Benchmarks.History;

/// <summary>
/// Makes readings like those of a busy instance: half its counters rise all the time, memory and keys vary, the rest does not change.
/// </summary>
internal sealed class ReadingMaker(int number)
{
    private readonly Random _random = new(number);
    private readonly double[] _gauges = [.. MetricCatalog.Gauges.Select((metric, slot) => slot < 7 ? 1e6 * (slot + 1) : 10.0 * slot)];

    /// <summary>The instance's number in the store.</summary>
    public int Number => number;

    /// <param name="seconds">The length of its stretch; 1 is a single poll.</param>
    public Reading Next(DateTimeOffset at, int seconds) => new(
        at, $"process-{number}", ReadingFlags.None, Known(seconds) is var known ? known : 0, known,
        [.. MetricCatalog.Counters.Select(metric => Counter(metric.Slot, known, seconds))],
        [.. MetricCatalog.Gauges.Select(metric => Gauge(metric.Slot, known, seconds))],
        [.. MetricCatalog.Durations.Select(_ => Duration(seconds))]);

    /// <summary>Polls come some milliseconds early or late.</summary>
    private double Known(int seconds) => seconds + (_random.Next(-9_000, 9_000) / 1e6);

    private CounterCell Counter(int slot, double known, int seconds)
    {
        if (slot % 2 == 1)
        {
            return new(0, known, 0);
        }

        var delta = (double)_random.Next(200 * seconds, 400 * seconds);
        return new(delta, known, seconds == 1 ? delta / known : 400 + (200 * _random.NextDouble()));
    }

    private GaugeCell Gauge(int slot, double known, int seconds)
    {
        var before = _gauges[slot];
        var value = slot % 3 == 2 ? before : _gauges[slot] = Math.Round(before * (1 + (_random.Next(-10, 11) / 1e4)));
        return seconds == 1 ? GaugeCell.Of(value, known)
            : new(Math.Min(before, value), Math.Max(before, value), value, (before + value) / 2 * known, known);
    }

    private DurationCell Duration(int polls)
    {
        var longest = DurationCell.Of(0.2 + _random.NextDouble());
        return polls == 1 ? longest : new(longest.Max, [0, polls / 2, polls - (polls / 2) - 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }
}
