using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Components.Times;

/// <summary>The time zone that a person reads times in: UTC, or the zone of their browser. Formats instants, and says the zone.</summary>
/// <remarks>
/// A local time is shown with its offset from UTC, e.g. <c>+02:00</c>, and not with an abbreviation: CST and IST are three zones each, and
/// the offset distinguishes the two hours of the same name when summer time ends.
/// </remarks>
public sealed partial class DisplayTimeZone
{
    /// <summary>The longest id of a zone, in characters; the longest known one has 32.</summary>
    public const int MaxId = 64;

    private const string ClockFormat = "HH:mm:ss";
    private const string DayFormat = "yyyy-MM-dd";

    private readonly TimeZoneInfo _zone;

    private DisplayTimeZone(TimeZoneInfo zone, string id) => (_zone, Id) = (zone, id);

    public static DisplayTimeZone Utc { get; } = new(TimeZoneInfo.Utc, "UTC");

    /// <summary>The IANA id, e.g. <c>Europe/Berlin</c>.</summary>
    public string Id { get; }

    public bool IsUtc => this == Utc;

    /// <summary>E.g. <c>UTC</c> or <c>local time</c>, for a label.</summary>
    public string Label => IsUtc ? "UTC" : "local time";

    /// <summary>Reads what a browser sent.</summary>
    /// <param name="id">An IANA id. What is not one, or is not known on this host, is UTC.</param>
    public static DisplayTimeZone Parse(string? id) =>
        id is { Length: <= MaxId } && IanaId().IsMatch(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            && zone.Id != TimeZoneInfo.Utc.Id
            ? new(zone, id)
            : Utc;

    /// <summary>The same instant with the offset of this zone at that instant.</summary>
    public DateTimeOffset At(DateTimeOffset instant) => IsUtc ? instant.ToUniversalTime() : TimeZoneInfo.ConvertTime(instant, _zone);

    /// <summary>The instant that a clock in this zone shows like this. Of two, it is the first or the last.</summary>
    /// <param name="shown">A time that the clocks skip is read with the offset before the change.</param>
    public DateTimeOffset Instant(DateTime shown, bool last = false)
    {
        var at = DateTime.SpecifyKind(shown, DateTimeKind.Unspecified);
        var offset = _zone.IsAmbiguousTime(at) ? OneOf(_zone.GetAmbiguousTimeOffsets(at), last) : _zone.GetUtcOffset(at);
        return new DateTimeOffset(at, offset).ToUniversalTime();
    }

    /// <summary>The name of the zone at an instant: <c>UTC</c>, or the offset, e.g. <c>+02:00</c>.</summary>
    public string Offset(DateTimeOffset instant) => IsUtc ? "UTC" : At(instant).ToString("zzz", CultureInfo.InvariantCulture);

    /// <summary>E.g. <c>12:03:11</c>; the text around it says the zone.</summary>
    public string TimeOfDay(DateTimeOffset instant) => Text(instant, ClockFormat);

    /// <summary>E.g. <c>12:03:11 UTC</c> or <c>14:03:11 +02:00</c>.</summary>
    public string Clock(DateTimeOffset instant) => Named(instant, ClockFormat);

    /// <summary>E.g. <c>2026-11-30 12:03:11 UTC</c>.</summary>
    public string Stamp(DateTimeOffset instant) => Named(instant, $"{DayFormat} {ClockFormat}");

    /// <summary>E.g. <c>2026-11-30 12:03 UTC</c>.</summary>
    public string Minute(DateTimeOffset instant) => Named(instant, $"{DayFormat} HH:mm");

    /// <summary>E.g. <c>2026-11-30</c>.</summary>
    public string Day(DateTimeOffset instant) => Text(instant, DayFormat);

    /// <summary>E.g. <c>12:03:11 to 12:03:21 UTC</c>; both have their offset where the clocks were changed in between.</summary>
    public string Clocks(DateTimeOffset from, DateTimeOffset to, string between = " to ") =>
        $"{(Offset(from) == Offset(to) ? TimeOfDay(from) : Clock(from))}{between}{Clock(to)}";

    /// <summary>In a format of .NET, without the zone.</summary>
    public string Text(DateTimeOffset instant, string format) => At(instant).ToString(format, CultureInfo.InvariantCulture);

    private string Named(DateTimeOffset instant, string format)
    {
        var at = At(instant);
        return at.ToString(IsUtc ? $"{format} 'UTC'" : $"{format} zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>The greater the offset, the earlier the instant.</summary>
    private static TimeSpan OneOf(TimeSpan[] offsets, bool last) => last ? offsets.Min() : offsets.Max();

    /// <summary>No dot and no leading slash: the id is a part of a file's path.</summary>
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\z")]
    private static partial Regex IanaId();
}
