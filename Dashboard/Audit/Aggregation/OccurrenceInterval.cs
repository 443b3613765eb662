using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Audit.Events;

namespace Dashboard.Audit.Aggregation;

/// <summary>
/// The time from the first to the last of several occurrences. The row that counts them has the time at which it was written, up to a
/// minute later.
/// </summary>
internal readonly partial record struct OccurrenceInterval(DateTimeOffset First, DateTimeOffset Last)
{
    public static OccurrenceInterval At(DateTimeOffset time) => new(time, time);

    /// <summary>Returns the interval that contains both, whichever was noted first.</summary>
    public OccurrenceInterval With(OccurrenceInterval other) =>
        new(First < other.First ? First : other.First, Last > other.Last ? Last : other.Last);

    /// <summary>Appends the times to the text; a full stop ends both. A long text is cut, but never the times.</summary>
    public string Ending(string? words)
    {
        var times = ToString();
        var clean = AuditText.Clean(words, AuditText.MaxLength - times.Length - 2);
        return clean?.TrimEnd('.') is not { Length: > 0 } text ? times
            : clean.EndsWith('.') ? $"{text}; {times}."
            : $"{text}; {times}";
    }

    /// <summary>The times at the end of a text, as <see cref="Ending"/> writes them; null where it has none.</summary>
    public static string? In(string? text) =>
        text is not null && Times().Match(text) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>For example <c>at 15:10:01 UTC</c> or <c>15:10:01 to 15:10:03 UTC</c>; with the dates where they differ.</summary>
    public override string ToString()
    {
        var clock = First.UtcDateTime.Date == Last.UtcDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        var (first, last) = (
            First.UtcDateTime.ToString(clock, CultureInfo.InvariantCulture),
            Last.UtcDateTime.ToString(clock, CultureInfo.InvariantCulture));
        return first == last ? $"at {first} UTC" : $"{first} to {last} UTC";
    }

    [GeneratedRegex(@"(?:^|; )((?:at )?(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d(?: to (?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d)? UTC)\.?$")]
    private static partial Regex Times();
}
