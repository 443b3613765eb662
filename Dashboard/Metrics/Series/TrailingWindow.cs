namespace Dashboard.Metrics.Series;

/// <summary>Joins a stretch with those before it: a ratio over one second would be noise.</summary>
/// <param name="minSpan">How far back to reach at least.</param>
/// <param name="step">The usual length of a stretch.</param>
internal sealed class TrailingWindow(List<SeriesBucket> stretches, TimeSpan minSpan, TimeSpan step)
{
    /// <summary>A poll comes some milliseconds early or late; that must not add one more.</summary>
    private readonly long _reach = (long)(minSpan - (step / 4)).TotalMilliseconds;

    private readonly List<Reading> _readings = [.. stretches.Select(bucket => bucket.Reading)];

    /// <returns>The stretch and those before it as one reading; the stretch alone where nothing is known of it, because the past must not
    /// fill a gap.</returns>
    public Reading At(int index)
    {
        if (stretches[index].Reading.Covered <= 0)
        {
            return stretches[index].Reading;
        }

        var first = index;
        while (first > 0 && stretches[index].Time - stretches[first - 1].Time < _reach)
        {
            first--;
        }

        return Reading.Join(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_readings)[first..(index + 1)])!;
    }
}
