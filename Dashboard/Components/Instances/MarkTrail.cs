using Dashboard.Components.Charts;
using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>Remembers of every reading drawn what marks need, so that a gap that has lasted longer than the newest readings reach keeps its beginning.</summary>
internal sealed class MarkTrail(ChartScale scale)
{
    private readonly List<Sighting> _sightings = [];

    /// <summary>Takes readings for what they are: they replace those from the first of them on.</summary>
    /// <param name="from">Older marks are forgotten.</param>
    public IReadOnlyList<ChartMark> After(IReadOnlyList<Reading> readings, DateTimeOffset from)
    {
        if (readings.Count > 0)
        {
            _sightings.RemoveAll(sighting => sighting.At >= readings[0].At);
            _sightings.AddRange(readings.Select(Sighting.Of));
        }

        // One known before the left edge stays: a gap may begin there.
        var first = _sightings.FindLastIndex(sighting => sighting.Knows && sighting.At < from);
        _sightings.RemoveRange(0, Math.Max(0, first));
        return
        [
            .. SeriesMarks.Of(_sightings, scale)
                .Where(mark => mark.End >= from.ToUnixTimeMilliseconds())
                .Select(mark => new ChartMark(mark.Time, mark.Text, mark.Until)),
        ];
    }
}
