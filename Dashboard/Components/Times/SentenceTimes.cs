using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Components.Times;

/// <summary>
/// Shows the times in a sentence of the console in the zone of a person. Sentences are also logged, stored and exported, so they name times
/// in UTC, e.g. <c>12:03:11 UTC</c>, <c>2026-03-01 12:03:11 UTC</c> or <c>1 Mar 12:03 UTC</c>.
/// </summary>
internal static partial class SentenceTimes
{
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "d MMM yyyy HH:mm:ss", "d MMM yyyy HH:mm"];

    /// <summary>Not for text that people wrote.</summary>
    /// <param name="near">When it was said: of a time without a day or a year, the nearest is meant.</param>
    public static string In(DisplayTimeZone zone, string? sentence, DateTimeOffset near) =>
        zone.IsUtc || sentence is null ? sentence ?? "" : UtcTime().Replace(sentence, found => Shown(found, zone, near.UtcDateTime));

    private static string Shown(Match found, DisplayTimeZone zone, DateTime near)
    {
        var (day, clock) = (found.Groups["day"].Value, found.Groups["clock"].Value);
        var format = (day.Length == 0 ? "" : IsWhole(day) ? "yyyy-MM-dd " : "d MMM ") + (clock.Length > 5 ? "HH:mm:ss" : "HH:mm");
        return At(day, clock, near) is { } at ? $"{zone.Text(at, format)} {zone.Offset(at)}" : found.Value;
    }

    private static bool IsWhole(string day) => day.Length > 4 && day[4] == '-';

    /// <returns>Null for a day that does not exist.</returns>
    private static DateTimeOffset? At(string day, string clock, DateTime near)
    {
        var text = (day.Length, IsWhole(day)) switch
        {
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"{near:yyyy-MM-dd} {clock}"),
            (_, false) => string.Create(CultureInfo.InvariantCulture, $"{day} {near:yyyy} {clock}"),
            _ => $"{day} {clock}",
        };
        return !DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? null
            : day.Length == 0 ? at.AddDays(Math.Round((near - at.UtcDateTime).TotalDays))
            : !IsWhole(day) && at.UtcDateTime > near.AddDays(1) ? at.AddYears(-1)
            : at;
    }

    /// <summary>Not the end of a range, whose beginning does not say the zone.</summary>
    [GeneratedRegex(@"(?<!\d to |\d |:)\b(?:(?<day>\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2}) )?(?<clock>\d\d:\d\d(?::\d\d)?) UTC\b")]
    private static partial Regex UtcTime();
}
