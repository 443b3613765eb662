using System.Globalization;
using Dashboard.Audit.Events;
using Dashboard.Instances;

namespace Dashboard.Audit.Reading;

/// <summary>The rows to select. It is read from a URL; a value that is not valid is ignored.</summary>
/// <param name="Actor">A part of the name.</param>
/// <param name="Action">
/// The id of an action; or a part of ids or names, for example <c>flush</c>, which selects <c>cache.flush</c> and others.
/// </param>
/// <param name="From">The first instant included.</param>
/// <param name="To">The first instant no longer included.</param>
/// <param name="Text">A part of subject, reason, detail, address, run_id, or of what the columns who and what show.</param>
public sealed record AuditFilter(
    string? Actor = null, string? Action = null, InstanceId? Instance = null, AuditResult? Result = null, DateTimeOffset? From = null,
    DateTimeOffset? To = null, string? Text = null)
{
    /// <summary>The format of an instant in a form; always UTC.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 100;

    /// <summary>Years that a log can be of; days before and after them can still be computed.</summary>
    private const int FirstYear = 1970;

    private const int LastYear = 9000;

    private static readonly string[] Formats = [TimeFormat, TimeFormat + ":ss", "yyyy-MM-dd"];

    public bool IsEmpty => this == new AuditFilter();

    /// <summary>Reads the texts of a query; <paramref name="from"/> and <paramref name="to"/> are in <see cref="TimeFormat"/>.</summary>
    public static AuditFilter Read(
        string? actor, string? action, string? instance, string? result, string? from, string? to, string? text) => new(
        AuditText.Clean(actor, MaxText), AuditText.Clean(action, MaxText), InstanceId.Parse(instance?.Trim()),
        ResultOf(result),
        Instant(from), Instant(to), AuditText.Clean(text, MaxText));

    /// <summary>The query string of the same filter, with its question mark; empty when it selects all rows.</summary>
    public string Query
    {
        get
        {
            var parts = new (string Name, string? Value)[]
            {
                ("actor", Actor), ("action", Action), ("instance", Instance?.Value),
                ("result", Result is { } result ? AuditText.Of(result) : null),
                ("from", Shown(From)), ("to", Shown(To)), ("text", Text),
            };
            var written =
                string.Join(
                    '&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
            return written.Length == 0 ? "" : "?" + written;
        }
    }

    /// <returns>The instant in <see cref="TimeFormat"/>, with seconds where they are not 0; null for null.</returns>
    public static string? Shown(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString(at.Value.Second == 0 ? TimeFormat : TimeFormat + ":ss", CultureInfo.InvariantCulture);

    /// <summary>Finds a result only by its word: a parser of enumerations would accept numbers and lists too.</summary>
    private static AuditResult? ResultOf(string? word) =>
        Enum.GetValues<AuditResult>().Cast<AuditResult?>()
            .FirstOrDefault(result => string.Equals(AuditText.Of(result!.Value), word?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.Year is >= FirstYear and <= LastYear
            ? at
            : null;
}
