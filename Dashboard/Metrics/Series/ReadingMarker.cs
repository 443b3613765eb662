namespace Dashboard.Metrics.Series;

/// <summary>As much of a reading as its marks on a chart need.</summary>
/// <param name="Knows"><see cref="Reading.Knows"/>.</param>
/// <param name="Epoch"><see cref="Reading.Epoch"/>.</param>
public readonly record struct ReadingMarker(DateTimeOffset At, bool Knows, ReadingFlags Marks, string? Epoch)
{
    public static ReadingMarker Of(Reading reading) => new(reading.At, reading.Knows, reading.Marks, reading.Epoch);

    public bool Has(ReadingFlags mark) => (Marks & mark) != 0;

    /// <summary>Another process than before, also when nobody watched as it was replaced.</summary>
    public bool IsRestartAfter(ReadingMarker? before) =>
        Has(ReadingFlags.Restart) || (Epoch is not null && before?.Epoch is { } old && old != Epoch);
}
