using Dashboard.Components.Charts;
using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>Remembers of every reading drawn what marks need, so that a gap that has lasted longer than the newest readings reach keeps its beginning.</summary>
/// <remarks>Of what lies before the left edge two readings are enough: the last that knew something, and the last of all.</remarks>
internal sealed class MarkTrail(ChartScale scale)
{
    /// <summary>Marks of one chart. More, such as those of a server that restarts at every poll, are joined: nobody could tell them apart, and all are sent to the browser again when one is new.</summary>
    public const int Most = 50;

    private readonly List<Sighting> _sightings = [];

    /// <summary>Readings remembered now: those shown, and two.</summary>
    public int Remembered => _sightings.Count;

    /// <summary>Takes readings for what they are: they replace those from the first of them on.</summary>
    /// <param name="from">Older marks are forgotten.</param>
    public IReadOnlyList<ChartMark> After(IReadOnlyList<Reading> readings, DateTimeOffset from)
    {
        if (readings.Count > 0)
        {
            _sightings.RemoveAll(sighting => sighting.At >= readings[0].At);
            _sightings.AddRange(readings.Select(Sighting.Of));
        }

        ForgetBefore(from);
        return Joined([.. SeriesMarks.Of(_sightings, scale).Where(mark => mark.End >= from.ToUnixTimeMilliseconds()).Select(mark => new ChartMark(mark.Time, mark.Text, mark.Until))]);
    }

    /// <summary>A gap that is shown may begin at the last reading that knew something, and goes on at the last before the left edge.</summary>
    private void ForgetBefore(DateTimeOffset from)
    {
        var shown = _sightings.FindIndex(sighting => sighting.At >= from) is >= 0 and var first ? first : _sightings.Count;
        var known = shown == 0 ? -1 : _sightings.FindLastIndex(shown - 1, sighting => sighting.Knows);
        var last = shown - 1;
        if (last > known)
        {
            _sightings.RemoveRange(known + 1, last - known - 1);
        }

        _sightings.RemoveRange(0, Math.Max(0, known));
    }

    private static List<ChartMark> Joined(List<ChartMark> marks)
    {
        if (marks.Count <= Most)
        {
            return marks;
        }

        var (joined, rest) = (marks[..^(Most - 1)], marks[^(Most - 1)..]);
        return [new(joined[0].Time, $"{joined.Count} restarts, resets and gaps", joined.Max(mark => mark.Until ?? mark.Time)), .. rest];
    }
}
