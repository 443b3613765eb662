using Dashboard.Components.Charts;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.Components.Instances;

/// <summary>
/// Remembers what marks need of every reading drawn, so that a gap that began before the newest readings keeps its beginning.
/// </summary>
/// <remarks>Before the left edge, two readings are enough: the last that knew something, and the last of all.</remarks>
internal sealed class MarkHistory(ChartScale scale)
{
    /// <summary>
    /// The maximum number of marks of one chart. More, such as those of a server that restarts at every poll, are joined.
    /// </summary>
    /// <remarks>They could not be distinguished, and all are sent to the browser again when one is new.</remarks>
    public const int MaxMarks = 50;

    private readonly List<ReadingMarker> _markers = [];

    /// <summary>The number of readings remembered: those shown, and two.</summary>
    public int Remembered => _markers.Count;

    /// <summary>Adds readings and returns the marks. They replace the remembered readings from the first of them on.</summary>
    /// <param name="from">Older marks are forgotten.</param>
    public IReadOnlyList<ChartMark> After(IReadOnlyList<Reading> readings, DateTimeOffset from)
    {
        if (readings.Count > 0)
        {
            _markers.RemoveAll(marker => marker.At >= readings[0].At);
            _markers.AddRange(readings.Select(ReadingMarker.Of));
        }

        ForgetBefore(from);
        return Joined(
        [
            .. SeriesMarks.Of(_markers, scale)
                .Where(mark => mark.End >= from.ToUnixTimeMilliseconds())
                .Select(mark => new ChartMark(mark.Time, mark.Text, mark.Until)),
        ]);
    }

    /// <summary>
    /// Forgets what no mark needs: a gap that is shown may begin at the last reading that knew something, and continues at the last before
    /// the left edge.
    /// </summary>
    private void ForgetBefore(DateTimeOffset from)
    {
        var shown = _markers.FindIndex(marker => marker.At >= from) is >= 0 and var first ? first : _markers.Count;
        var known = shown == 0 ? -1 : _markers.FindLastIndex(shown - 1, marker => marker.Knows);
        var last = shown - 1;
        if (last > known)
        {
            _markers.RemoveRange(known + 1, last - known - 1);
        }

        _markers.RemoveRange(0, Math.Max(0, known));
    }

    private static List<ChartMark> Joined(List<ChartMark> marks)
    {
        if (marks.Count <= MaxMarks)
        {
            return marks;
        }

        var (joined, rest) = (marks[..^(MaxMarks - 1)], marks[^(MaxMarks - 1)..]);
        return [new(joined[0].Time, $"{joined.Count} restarts, resets and gaps", joined.Max(mark => mark.Until ?? mark.Time)), .. rest];
    }
}
