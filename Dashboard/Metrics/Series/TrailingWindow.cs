namespace Dashboard.Metrics.Series;

/// <summary>Looks back from a stretch over those before it: a ratio over one second would be noise.</summary>
/// <param name="least">How far back at least.</param>
/// <param name="step">Usual length of a stretch.</param>
internal sealed class TrailingWindow(List<SeriesBucket> stretches, TimeSpan least, TimeSpan step)
{
    /// <summary>A poll comes some milliseconds early or late; that must not let one more in.</summary>
    private readonly long _reach = (long)(least - (step / 4)).TotalMilliseconds;

    private readonly List<Reading> _readings = [.. stretches.Select(bucket => bucket.Reading)];

    /// <returns>The stretch with those before it, as one reading; itself alone where it knows nothing, as the past must not speak for a
    /// gap.</returns>
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
