using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>
/// Makes readings as a poller does, with counters, gauges and durations that move at random; with a gap, a RESETSTAT and a restart where
/// asked.
/// </summary>
internal sealed class SomeReadings(int seed)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private string _epoch = "run-1";

    /// <summary>Makes one reading per second, each a few milliseconds late.</summary>
    public List<Reading> Each(int seconds, DateTimeOffset? from = null) =>
        [.. Enumerable.Range(0, seconds).Select(second => One((from ?? Start).AddSeconds(second).AddMilliseconds(_random.Next(0, 40))))];

    /// <summary>
    /// Makes the same, but a tenth of the polls failed, counters were reset at a third and the server restarted at two thirds of the time,
    /// and the readings of 26 s after a quarter are missing.
    /// </summary>
    public List<Reading> EachWithGapsAndRestart(int seconds, DateTimeOffset? from = null)
    {
        var readings = new List<Reading>();
        foreach (var (reading, second) in Each(seconds, from).Select((reading, second) => (reading, second)))
        {
            if (second == seconds * 2 / 3)
            {
                _epoch = "run-2";
            }

            if (second < seconds / 4 || second > seconds / 4 + 25)
            {
                readings.Add(
                    second == seconds / 3 ? Uncounted(reading, ReadingFlags.Reset | ReadingFlags.Gap)
                    : second == seconds * 2 / 3 ? Uncounted(reading, ReadingFlags.Restart | ReadingFlags.Gap)
                    : _random.Next(10) == 0 ? Reading.Nothing(reading.At)
                    : reading with { Epoch = _epoch });
            }
        }

        return readings;
    }

    /// <summary>Makes the reading of a poll that was answered; some metrics are not reported, some move rarely.</summary>
    public Reading One(DateTimeOffset at)
    {
        var seconds = 1 + (_random.Next(-30, 30) / 1000.0);
        return new(
            at, _epoch, ReadingFlags.None, seconds, seconds,
            [.. MetricCatalog.Counters.Select(metric => metric.Slot % 7 == 6 ? default : Rise(seconds))],
            [.. MetricCatalog.Gauges.Select(
                metric => metric.Slot % 5 == 4 ? default : GaugeCell.Of(_random.Next(3) * 1_000_003.0 / 7, seconds))],
            [.. MetricCatalog.Durations.Select(_ => DurationCell.Of(_random.NextDouble() * (_random.Next(50) == 0 ? 3000 : 3)))]);
    }

    private CounterCell Rise(double seconds)
    {
        var delta = _random.Next(4) == 0 ? 0 : _random.Next(10_000);
        return new(delta, seconds, delta / seconds);
    }

    private static Reading Uncounted(Reading reading, ReadingFlags flags) =>
        reading with { Marks = flags, Covered = 0, Counters = [.. ImmutableArray.Create(new CounterCell[reading.Counters.Length])] };
}
