namespace Dashboard.Metrics;

/// <summary>As much of a reading as its marks on a chart need.</summary>
/// <param name="Knows"><see cref="Reading.Knows"/>.</param>
public readonly record struct Sighting(DateTimeOffset At, bool Knows, ReadingMarks Marks)
{
    public static Sighting Of(Reading reading) => new(reading.At, reading.Knows, reading.Marks);

    public bool Has(ReadingMarks mark) => (Marks & mark) != 0;
}
