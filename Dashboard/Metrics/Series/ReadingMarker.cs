namespace Dashboard.Metrics.Series;

/// <summary>The part of a reading that its marks on a chart need.</summary>
/// <param name="Knows"><see cref="Reading.IsKnown"/>.</param>
/// <param name="Epoch"><see cref="Reading.Epoch"/>.</param>
public readonly record struct ReadingMarker(DateTimeOffset At, bool Knows, ReadingFlags Marks, string? Epoch)
{
    public static ReadingMarker Of(Reading reading) => new(reading.At, reading.IsKnown, reading.Marks, reading.Epoch);

    public bool Has(ReadingFlags mark) => (Marks & mark) != 0;

    /// <summary>Whether the process is another one than before, even if it was replaced while the console was not watching.</summary>
    public bool IsRestartAfter(ReadingMarker? before) =>
        Has(ReadingFlags.Restart) || (Epoch is not null && before?.Epoch is { } old && old != Epoch);
}
